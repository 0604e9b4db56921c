import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, greeting, outcomeOf, sender } from '../../testing/home.ts'
import { CALL, DEVICE, LINK, PORCH } from '../../testing/samples.ts'
import type { Device, Sender } from '../principal.ts'

let home: ReturnType<typeof createHome>

const CODE = 'k'.repeat(22)
const NEW = 'n'.repeat(43)
const fresh: Sender<Device> = sender({ kind: 'device', id: NEW }, 'fresh')
beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('unpairing', () => {
  const GUESTS = 'y'.repeat(22)
  const unpair = (at = home.instance) => home.ask(home.owner, { op: 'unpair-device', device: DEVICE }, at)

  it('[R41] ends every call of the device at both ends, disconnects it and its guests, and tells who saw it', async () => {
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    await home.say(home.guest, { type: 'call', call: GUESTS, camera: PORCH })
    home.posted.take()
    expect(await unpair(home.newInstance())).toMatchObject({ kind: 'done' })
    const hungUp = (call: string) => ({ type: 'hangup', call, reason: 'device-unpaired' })
    expect(home.posted.takeFor('device')).toEqual([hungUp(CALL), hungUp(GUESTS)])
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'removed' }, hungUp(CALL)])
    expect(home.posted.takeFor('guest')).toMatchObject([
      { camera: PORCH, state: 'removed' },
      hungUp(GUESTS),
      { code: 'link-revoked' },
    ])
    expect(home.posted.takeDisconnected().sort()).toEqual(['device', 'guest'])
  })

  it('[R41] voids every grant for good: paired again, the device begins without any', async () => {
    await unpair()
    home.posted.gone.clear()
    await home.deviceHello(home.device, ['porch', 'cellar'])
    await home.startPairing(home.device, CODE)
    expect(outcomeOf(await home.claim(home.owner, DEVICE, CODE))).toBe('done')
    await home.deviceHello(home.device, ['porch', 'cellar'])
    home.posted.take()
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    expect(home.heardBy('member')).toEqual(['unknown-camera'])
    await home.say(home.guest, { type: 'call', call: GUESTS, camera: PORCH })
    expect(home.heardBy('guest')).toEqual(['link-revoked'])
    await home.say(home.owner, { type: 'call', call: CALL, camera: PORCH })
    expect(home.heardBy('device')).toEqual(['call'])
    expect(outcomeOf(await home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: LINK }))).toBe(
      'unknown-grant',
    )
  })

  it('[R41] voids the code: an old one is of no use', async () => {
    await home.deviceHello(fresh, [])
    await home.startPairing(fresh, CODE)
    await home.claim(home.owner, NEW, CODE)
    await home.ask(home.owner, { op: 'unpair-device', device: NEW })
    home.posted.gone.clear()
    await home.deviceHello(fresh, [])
    expect(outcomeOf(await home.claim(home.owner, NEW, CODE))).toBe('pairing-code-wrong')
  })

  it('[R41] is not undone by a late hello or status of the device', async () => {
    await unpair()
    home.posted.gone.clear()
    home.posted.take()
    await home.deviceHello(home.device, ['porch', 'cellar'])
    expect(home.posted.take()).toMatchObject([{ connection: 'device', message: { paired: false } }])
    await home.say(home.device, { type: 'status', cameras: [{ name: 'porch', state: 'ready' }] })
    expect(home.heardBy('device')).toEqual(['not-paired'])
    await home.viewerHello(home.owner)
    expect(JSON.stringify(home.posted.take())).not.toContain(PORCH)
  })

  it('[R41] is not undone by a hello that was on its way', async () => {
    const meanwhile = () => unpair(home.newInstance())
    await home.say(
      home.device,
      { ...greeting, cameras: [{ name: 'porch', state: 'ready' }] },
      home.overtaken('putDevice', meanwhile),
    )
    expect(await home.store.getDevice(DEVICE)).toMatchObject({ paired: null, grants: [], cameras: [] })
    await home.viewerHello(home.owner)
    expect(JSON.stringify(home.posted.takeFor('owner').at(-1))).not.toContain(PORCH)
  })

  it('[R41] is not undone by a grant that was on its way', async () => {
    const grant = { op: 'grant-to-person', camera: PORCH, email: 'stranger@else.example' } as const
    const result = await home.ask(
      home.owner,
      grant,
      home.overtaken('putDevice', () => unpair(home.newInstance())),
    )
    expect(outcomeOf(result)).toBe('unknown-camera')
    expect(await home.store.getDevice(DEVICE)).toMatchObject({ paired: null, grants: [] })
  })

  it('[R41] reaches a call that was being placed, and no picture begins', async () => {
    const placing = home.overtaken('openCall', () => unpair(home.newInstance()))
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH }, placing)
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({
      state: 'ended',
      endReason: 'camera-offline',
    })
    expect(home.posted.takeFor('member').at(-1)).toMatchObject({ type: 'error', code: 'camera-offline' })
  })

  it('[R41] asked again ends what is left, and says that there is no such device', async () => {
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    const down = {
      ...home.newInstance(),
      store: { ...home.store, listCalls: () => Promise.reject(new Error('down')) },
    }
    expect(outcomeOf(await unpair(down))).toBe('internal')
    expect(outcomeOf(await unpair())).toBe('unknown-device')
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({ state: 'ended' })
  })

  it('[R41] is an owner’s to ask for', async () => {
    for (const from of [home.member, home.guest, home.stranger]) {
      expect(outcomeOf(await home.ask(from, { op: 'unpair-device', device: DEVICE }))).toBe('not-allowed')
    }
    expect((await home.store.getDevice(DEVICE))?.paired).not.toBeNull()
  })
})
