import { beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '../../../protocol/reply.ts'
import { answerTo, createHome, sender, WEB_ORIGIN } from '../../testing/home.ts'
import { CALL, DEVICE, hashOf, LINK, PERSON, PORCH, SDP } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'
import type { Device, Person, Sender } from '../principal.ts'
import { UNPAIRED_PLACES } from './places.ts'

let home: ReturnType<typeof createHome>

const CODE = 'k'.repeat(22)
const NEW = 'n'.repeat(43)
const fresh: Sender<Device> = sender({ kind: 'device', id: NEW }, 'fresh')

const startPairing = (from = fresh, code = CODE) =>
  home.ask(from, { op: 'start-pairing', codeHash: hashOf(code) })
const claim = (from: Sender<Person>, code = CODE, device = NEW, at = home.instance) =>
  home.ask(from, { op: 'claim-device', device, code, label: 'Attic' }, at)
const refusal = (result: Reply['result'] | null) => (result?.kind === 'refused' ? result.code : result?.kind)
/** Devices whose rows of places begin at different ones. */
const unpairedDevice = (n: number) =>
  sender({ kind: 'device', id: `${'u'.repeat(41)}${String(n).padStart(2, '0')}` } as const, `unpaired-${n}`)

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('a device that no owner has claimed', () => {
  beforeEach(async () => {
    await home.deviceHello(fresh, ['attic'])
  })

  it('[R38] is welcomed as not paired, and is in nobody’s welcome', async () => {
    expect(home.posted.take()).toMatchObject([
      { connection: 'fresh', message: { type: 'welcome', paired: false } },
    ])
    await home.viewerHello(home.owner)
    expect(JSON.stringify(home.posted.take())).not.toContain(NEW)
    expect(answerTo(await home.ask(home.owner, { op: 'list-devices' }))['devices']).toHaveLength(2)
  })

  it('[R38] is called by nobody', async () => {
    home.posted.take()
    await home.say(home.owner, { type: 'call', call: CALL, camera: `${NEW}.attic` })
    expect(home.heardBy('owner')).toEqual(['unknown-camera'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R38] may only start pairing', async () => {
    home.posted.take()
    for (const message of [
      { type: 'status', cameras: [{ name: 'attic', state: 'ready' }] },
      { type: 'offer', call: CALL, sdp: SDP, candidates: [] },
      { type: 'candidates', call: CALL, candidates: [] },
      { type: 'hangup', call: CALL, reason: 'camera-closed' },
      { type: 'error', call: CALL, code: 'camera-busy' },
    ]) {
      await home.say(fresh, message)
      expect(home.heardBy('fresh')).toEqual(['not-paired'])
    }
    expect(home.posted.take()).toEqual([])
    expect(home.posted.takeDisconnected()).toEqual([])
  })

  it('[R38] that has no place is not kept connected', async () => {
    const loiterer = unpairedDevice(1)
    await home.say(loiterer, { type: 'status', cameras: [] })
    expect(home.heardBy('unpaired-1')).toEqual(['not-paired'])
    expect(home.posted.takeDisconnected()).toEqual(['unpaired-1'])
    home.state.time += 20 * 60_000
    await home.say(fresh, { type: 'status', cameras: [] })
    expect(home.posted.takeDisconnected()).toEqual(['fresh'])
  })

  it('[R38] gets no code before it has said hello, and none once it is paired', async () => {
    expect(refusal(await startPairing(unpairedDevice(1)))).toBe('not-paired')
    expect(refusal(await startPairing(home.device))).toBe('not-allowed')
    expect(await home.store.getDevice(DEVICE)).toMatchObject({ code: null })
  })
})

describe('the places of devices that are not paired', () => {
  const fill = async () => {
    for (let n = 0; n < UNPAIRED_PLACES; n += 1) await home.deviceHello(unpairedDevice(n), [])
  }

  it('[R38] are twenty: one device more is told so and closed, and nothing is kept of it', async () => {
    await fill()
    expect(home.posted.take().every(({ message }) => message.type === 'welcome')).toBe(true)
    await home.deviceHello(fresh, ['attic'], 'ready')
    expect(home.heardBy('fresh')).toEqual(['too-many-unpaired'])
    expect(home.posted.takeDisconnected()).toEqual(['fresh'])
    expect(await home.store.getDevice(NEW)).toBeNull()
  })

  it('[R38] do not count for devices that are paired', async () => {
    await fill()
    home.posted.take()
    await home.deviceHello(home.device, ['porch', 'cellar'])
    expect(home.posted.take()).toMatchObject([{ message: { type: 'welcome', paired: true } }])
  })

  it('[R38] are free again when a device leaves, is claimed, or is silent for twenty minutes', async () => {
    await fill()
    await disconnect(home.newInstance(), unpairedDevice(3))
    await home.deviceHello(fresh, [])
    await startPairing()
    expect(refusal(await claim(home.owner))).toBe('done')
    await home.deviceHello(unpairedDevice(50), [])
    await home.deviceHello(unpairedDevice(51), [])
    home.state.time += 20 * 60_000
    await home.deviceHello(unpairedDevice(52), [])
    expect(home.heardBy('fresh')).toEqual(['welcome', 'paired'])
    expect(home.heardBy('unpaired-50')).toEqual(['welcome'])
    expect(home.heardBy('unpaired-51')).toEqual(['too-many-unpaired'])
    expect(home.heardBy('unpaired-52')).toEqual(['welcome'])
  })

  it('[R38] are not used up by one device that says hello again and again', async () => {
    for (let n = 0; n < 50; n += 1) await home.deviceHello({ ...fresh, connection: `c${n}` }, [])
    for (let n = 0; n < UNPAIRED_PLACES - 1; n += 1) await home.deviceHello(unpairedDevice(n), [])
    expect(home.posted.take().every(({ message }) => message.type === 'welcome')).toBe(true)
  })

  it('[R38] hold when the twenty come at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => home.say(unpairedDevice(n), helloWithout(), home.newInstance())),
    )
    const said = home.posted.take().map(({ message }) => message.type)
    expect(said.filter((type) => type === 'welcome')).toHaveLength(UNPAIRED_PLACES)
    expect(home.posted.takeDisconnected()).toHaveLength(10)
  })

  it('are not freed by the late end of an older connection', async () => {
    await home.deviceHello(fresh, [])
    await home.deviceHello({ ...fresh, connection: 'fresh-2', connectedAt: 6_000 }, [])
    await disconnect(home.instance, fresh)
    for (let n = 0; n < UNPAIRED_PLACES; n += 1) await home.deviceHello(unpairedDevice(n), [])
    expect(home.posted.takeDisconnected()).toHaveLength(1)
  })
})

describe('a pairing code', () => {
  beforeEach(async () => {
    await home.deviceHello(fresh, ['attic'])
    home.posted.take()
  })

  it('[R39] is good for ten minutes, and the device is told until when and where to show it', async () => {
    expect(answerTo(await startPairing())).toEqual({ until: 10_000 + 600_000, site: WEB_ORIGIN })
  })

  it('[R39] asked for again is the same, and lives no longer', async () => {
    await startPairing()
    home.state.time += 300_000
    expect(answerTo(await startPairing())).toEqual({ until: 10_000 + 600_000, site: WEB_ORIGIN })
  })

  it('[R39] is kept as a hash only', async () => {
    await startPairing()
    expect(JSON.stringify(await home.store.getDevice(NEW))).not.toContain(CODE)
  })

  it('[R39] [R40] gives the device to the owner who has it; its cameras are told once it says hello again', async () => {
    await startPairing()
    expect(await claim(home.owner)).toEqual({ kind: 'done', answer: {} })
    expect(home.posted.take()).toEqual([{ connection: 'fresh', message: { type: 'paired', label: 'Attic' } }])
    await home.deviceHello(fresh, ['attic'])
    expect(home.posted.take()).toMatchObject([
      { connection: 'owner', message: { type: 'presence', camera: `${NEW}.attic`, state: 'online' } },
      { connection: 'fresh', message: { type: 'welcome', paired: true } },
    ])
    await home.say(home.owner, { type: 'call', call: CALL, camera: `${NEW}.attic` })
    expect(home.heardBy('fresh')).toEqual(['call'])
  })

  it('[R39] is worth nothing to somebody who is only signed in, nor to a viewer or a guest', async () => {
    await startPairing()
    await home.viewerHello(home.stranger)
    for (const from of [home.stranger, home.member]) {
      expect(refusal(await claim(from))).toBe('not-allowed')
    }
    const guests = await home.ask(home.guest, { op: 'claim-device', device: NEW, code: CODE, label: 'Mine' })
    expect(refusal(guests)).toBe('not-allowed')
    expect((await home.store.getDevice(NEW))?.paired).toBeNull()
  })

  it('[R39] that is guessed, of another device, or of a device that is not there is wrong', async () => {
    await startPairing()
    await home.deviceHello(unpairedDevice(1), [])
    await startPairing(unpairedDevice(1), 'j'.repeat(22))
    for (const [code, device] of [
      ['x'.repeat(22), NEW],
      ['j'.repeat(22), NEW],
      [hashOf(CODE).slice(0, 22), NEW],
      [CODE, unpairedDevice(1).principal.id],
      [CODE, 'z'.repeat(43)],
    ] as const) {
      expect(refusal(await claim(home.owner, code, device))).toBe('pairing-code-wrong')
    }
    expect((await home.store.getDevice(NEW))?.paired).toBeNull()
  })

  it('[R39] is over after ten minutes', async () => {
    await startPairing()
    home.state.time += 599_999
    await startPairing(fresh, CODE)
    home.state.time += 1
    expect(refusal(await claim(home.owner))).toBe('pairing-code-expired')
    expect(refusal(await claim(home.owner, 'x'.repeat(22)))).toBe('pairing-code-wrong')
  })

  it('[R39] is of no more use once there is a newer one', async () => {
    await startPairing()
    await startPairing(fresh, 'm'.repeat(22))
    expect(refusal(await claim(home.owner))).toBe('pairing-code-wrong')
    expect(refusal(await claim(home.owner, 'm'.repeat(22)))).toBe('done')
  })

  it('[R39] is used once', async () => {
    await startPairing()
    await claim(home.owner)
    const claimed = await home.store.getDevice(NEW)
    expect(refusal(await claim(home.owner, CODE, NEW, home.newInstance()))).toBe('pairing-code-used')
    expect(await home.store.getDevice(NEW)).toEqual(claimed)
  })

  it('[R39] raced by two owners is one’s, whoever reads first', async () => {
    await startPairing()
    await home.viewerHello(home.stranger)
    await home.ask(home.owner, { op: 'set-owner', person: home.stranger.principal.id, owner: true })
    const other = () => claim(home.stranger, CODE, NEW, home.newInstance())
    const others: (Reply['result'] | null)[] = []
    const overtaken = home.overtaken('putDevice', async () => others.push(await other()))
    expect(refusal(await claim(home.owner, CODE, NEW, overtaken))).toBe('pairing-code-used')
    expect(others).toMatchObject([{ kind: 'done' }])
  })

  it('[R39] raced by many at once is one’s', async () => {
    await startPairing()
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        claim({ ...home.owner, connection: `owner-${n}` }, CODE, NEW, home.newInstance()),
      ),
    )
    expect(results.map(refusal).sort()).toEqual([
      'done',
      ...Array.from({ length: 5 }, () => 'pairing-code-used'),
    ])
  })

  it('is set by nobody but the connection that the device said hello on', async () => {
    const older = { ...fresh, connection: 'older' }
    expect(refusal(await startPairing(older, 'm'.repeat(22)))).toBe('not-paired')
    expect((await home.store.getDevice(NEW))?.code).toBeNull()
  })

  it('[R40] that was used leaves the claim standing when the device cannot be told', async () => {
    await startPairing()
    home.posted.failing.add('fresh')
    expect(refusal(await claim(home.owner))).toBe('done')
    expect(home.failures).toHaveLength(1)
    home.posted.failing.clear()
    await home.deviceHello(fresh, ['attic'])
    expect(home.posted.takeFor('fresh')).toMatchObject([{ paired: true }])
  })
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
    await startPairing(home.device)
    expect(refusal(await claim(home.owner, CODE, DEVICE))).toBe('done')
    await home.deviceHello(home.device, ['porch', 'cellar'])
    home.posted.take()
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    expect(home.heardBy('member')).toEqual(['unknown-camera'])
    await home.say(home.guest, { type: 'call', call: GUESTS, camera: PORCH })
    expect(home.heardBy('guest')).toEqual(['link-revoked'])
    await home.say(home.owner, { type: 'call', call: CALL, camera: PORCH })
    expect(home.heardBy('device')).toEqual(['call'])
    expect(refusal(await home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: LINK }))).toBe(
      'unknown-grant',
    )
  })

  it('[R41] voids the code: an old one is of no use', async () => {
    await home.deviceHello(fresh, [])
    await startPairing()
    await claim(home.owner)
    await home.ask(home.owner, { op: 'unpair-device', device: NEW })
    home.posted.gone.clear()
    await home.deviceHello(fresh, [])
    expect(refusal(await claim(home.owner))).toBe('pairing-code-wrong')
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
    await home.say(home.device, helloWith('porch'), home.overtaken('putDevice', meanwhile))
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
    expect(refusal(result)).toBe('unknown-camera')
    expect(await home.store.getDevice(DEVICE)).toMatchObject({ paired: null, grants: [] })
  })

  it('[R41] reaches a call that was being placed, and no picture begins', async () => {
    const placing = home.overtaken('openCall', () => unpair(home.newInstance()))
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH }, placing)
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({
      state: 'ended',
      endReason: 'device-unpaired',
    })
    expect(home.posted.takeFor('member').at(-1)).toMatchObject({ type: 'hangup', reason: 'device-unpaired' })
  })

  it('[R41] asked again ends what is left, and says that there is no such device', async () => {
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    const down = {
      ...home.newInstance(),
      store: { ...home.store, listCalls: () => Promise.reject(new Error('down')) },
    }
    expect(refusal(await unpair(down))).toBe('internal')
    expect(refusal(await unpair())).toBe('unknown-device')
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({ state: 'ended' })
  })

  it('[R41] is an owner’s to ask for', async () => {
    for (const from of [home.member, home.guest, home.stranger]) {
      expect(refusal(await home.ask(from, { op: 'unpair-device', device: DEVICE }))).toBe('not-allowed')
    }
    expect((await home.store.getDevice(DEVICE))?.paired).not.toBeNull()
  })
})

it('names no person and no code in any log line of pairing', async () => {
  await home.deviceHello(fresh, [])
  await startPairing()
  await claim(home.owner)
  await home.ask(home.owner, { op: 'unpair-device', device: NEW })
  const log = home.logged.join('\n')
  expect(log).toContain('device-paired')
  for (const secret of ['@', CODE, hashOf(CODE)]) expect(log).not.toContain(secret)
  expect(log).not.toContain(PERSON)
})

function helloWith(...names: readonly string[]): object {
  return {
    type: 'hello',
    protocol: 1,
    software: { name: 'test', version: '1' },
    instance: 'i'.repeat(22),
    cameras: names.map((name) => ({ name, state: 'ready' })),
  }
}

function helloWithout(): object {
  return helloWith()
}
