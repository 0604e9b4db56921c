import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, greeting, sender } from '../../testing/home.ts'
import { CALL, DEVICE, GARDEN, GRANT, linkGrant, PORCH, SDP } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'

let home: ReturnType<typeof createHome>

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('hello of a device', () => {
  it('[R3] [R4] is answered each time, by whether it is paired', async () => {
    await home.deviceHello(home.device, ['porch', 'cellar'])
    await home.deviceHello(home.device, ['porch', 'cellar'])
    const rollOverMs = expect.any(Number)
    const welcome = { type: 'welcome', protocol: 1, device: DEVICE, paired: true, rollOverMs }
    expect(home.posted.take()).toEqual([
      { connection: 'device', message: welcome },
      { connection: 'device', message: welcome },
    ])
  })

  it('[R6] of an unknown version is refused and changes nothing', async () => {
    const before = await home.store.getDevice(DEVICE)
    await home.say({ ...home.device, connection: 'device-2' }, { ...greeting, cameras: [], protocol: 99 })
    expect(home.heardBy('device-2')).toEqual(['unsupported-version'])
    expect(await home.store.getDevice(DEVICE)).toEqual(before)
  })

  it('[R25] tells every viewer of the cameras that it may see', async () => {
    await disconnect(home.instance, home.device)
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'offline' }])
    home.state.time += 1_000
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), ['porch', 'cellar'])
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'online', since: 11_000 }])
  })

  it('[R5] on a new connection moves calls there, and the late disconnect of the old one is nothing', async () => {
    await home.say(home.owner, { type: 'call', call: CALL, camera: PORCH })
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), ['porch', 'cellar'])
    await disconnect(home.instance, home.device)
    home.posted.take()
    await home.say(home.owner, { type: 'answer', call: CALL, camera: PORCH, sdp: SDP, candidates: [] })
    expect(home.heardBy('device-2')).toEqual(['answer'])
    expect(home.heardBy('owner')).toEqual([])
  })

  it('[R5] of another program with the same key replaces the older, which is told and disconnected', async () => {
    const other = { ...greeting, instance: 'o'.repeat(22), cameras: [{ name: 'porch', state: 'ready' }] }
    const newer = sender(home.device.principal, 'device-2', 9_000)
    await home.say(newer, other)
    expect(home.posted.takeFor('device')).toMatchObject([{ type: 'error', code: 'replaced' }])
    expect(home.posted.takeDisconnected()).toEqual(['device'])
    expect((await home.store.getDevice(DEVICE))?.connection).toBe('device-2')

    // The hello of an older one comes late: it is the older one still.
    await home.deviceHello(sender(home.device.principal, 'device-0', 4_000), ['porch'])
    expect(home.posted.takeFor('device-0')).toMatchObject([{ type: 'error', code: 'replaced' }])
    expect(home.posted.takeDisconnected()).toEqual(['device-0'])
    expect((await home.store.getDevice(DEVICE))?.connection).toBe('device-2')
  })

  it('[R5] of the same program on a newer connection disturbs the older in nothing', async () => {
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), ['porch', 'cellar'])
    await home.deviceHello(home.device, ['porch', 'cellar'])
    expect(home.heardBy('device')).toEqual(['welcome'])
    expect(home.posted.takeDisconnected()).toEqual([])
  })

  it('[R38] that names the cameras of another device makes cameras of its own, and touches none of the other’s', async () => {
    await home.deviceHello(home.device, ['porch', 'cellar', 'garden'])
    await home.viewerHello(home.owner)
    const welcome = home.posted.takeFor('owner').at(-1)
    const cameras = welcome?.type === 'welcome' && 'cameras' in welcome ? welcome.cameras : []
    expect(cameras.map(({ camera }) => camera)).toContain(`${DEVICE}.garden`)
    await home.say(home.owner, { type: 'call', call: CALL, camera: GARDEN })
    expect(home.heardBy('other-device')).toEqual(['call'])
    for (const name of [GARDEN, `../${GARDEN}`, 'e#porch', '__proto__']) {
      await home.say(home.device, { ...greeting, cameras: [{ name, state: 'ready' }] })
    }
    expect(home.heardBy('device')).toEqual(['welcome', ...Array.from({ length: 4 }, () => 'bad-message')])
  })

  it('a grant of a camera that the device does not name stays, and holds again when it does', async () => {
    await home.deviceHello(home.device, ['cellar'])
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'removed' }])
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    expect(home.heardBy('member')).toEqual(['unknown-camera'])
    await home.deviceHello(home.device, ['cellar', 'porch'])
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'online' }])
  })
})

describe('hello of a device that names its calls', () => {
  const GUESTS = 'y'.repeat(22)
  const cameras = ['porch', 'cellar'].map((name) => ({ name, state: 'ready' }))
  const back = sender({ kind: 'device', id: DEVICE } as const, 'device-2', 9_000)
  const helloWith = (calls: readonly string[], at = home.instance) =>
    home.say(back, { ...greeting, cameras, calls }, at)
  const ended = () => home.posted.takeFor('device-2').filter(({ type }) => type === 'welcome')

  beforeEach(async () => {
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    await home.say(home.guest, { type: 'call', call: GUESTS, camera: PORCH })
    home.posted.take()
  })

  it('[R24] is told which ended while it was away, and of one that it cannot have', async () => {
    home.posted.gone.add('device')
    await home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: GRANT })
    await helloWith([CALL, GUESTS, 'x'.repeat(22), CALL], home.newInstance())
    expect(ended()).toMatchObject([{ paired: true, ended: [CALL, 'x'.repeat(22)] }])
    expect((await home.store.getCall(DEVICE, GUESTS))?.state).toBe('live')
  })

  it('[R24] [R36] ends one whose right was taken away by who failed to end it, and its viewer and the owners hear of it', async () => {
    await home.putGrants([linkGrant()])
    await helloWith([CALL, GUESTS])
    expect(ended()).toMatchObject([{ ended: [CALL] }])
    expect(home.posted.takeFor('member')).toContainEqual({
      type: 'hangup',
      call: CALL,
      reason: 'access-revoked',
    })
    expect(home.heardBy('owner')).toContain('watching')
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({ endReason: 'access-revoked' })
  })

  it('[R24] [R35] ends one whose hour is over', async () => {
    home.state.time = 3_600_000
    await helloWith([CALL, GUESTS])
    expect(ended()).toMatchObject([{ ended: [GUESTS] }])
    expect(await home.store.getCall(DEVICE, GUESTS)).toMatchObject({ endReason: 'access-expired' })
  })

  it('[R24] has no word in the calls of another’s cameras: they do not run there', async () => {
    await home.say(home.otherDevice, { ...greeting, cameras: [], calls: [CALL] })
    expect(home.posted.takeFor('other-device')).toMatchObject([{ ended: [CALL] }])
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('live')
  })

  it('[R24] is told nothing of those that it does not name, and without any named none is read', async () => {
    await home.putGrants([])
    home.state.reads = 0
    await helloWith([])
    expect(home.state.reads).toBe(1)
    expect(home.posted.takeFor('device-2')).toEqual([
      { type: 'welcome', protocol: 1, device: DEVICE, paired: true, rollOverMs: expect.any(Number) },
    ])
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('live')
  })

  it('[R24] that nobody has claimed reads none: all that ran there is over', async () => {
    await home.ask(home.owner, { op: 'unpair-device', device: DEVICE })
    home.posted.take()
    await helloWith([CALL])
    expect(home.posted.takeFor('device-2')).toEqual([
      { type: 'welcome', protocol: 1, device: DEVICE, paired: false, rollOverMs: expect.any(Number) },
    ])
  })

  it('[R8] may name 256 at most', async () => {
    await helloWith(Array.from({ length: 257 }, (_, n) => String(n).padStart(22, 'n')))
    expect(home.heardBy('device-2')).toEqual(['bad-message'])
    await helloWith(Array.from({ length: 256 }, (_, n) => String(n).padStart(22, 'n')))
    expect(ended()[0]).toHaveProperty('ended.length', 256)
  })
})
