import { beforeEach, describe, expect, it } from 'vitest'
import { frameBytes, MAX_FRAME_BYTES } from '../../protocol/frame.ts'
import { createHome, sender } from '../testing/home.ts'
import { CALL, DEVICE, GARDEN, PORCH, SDP } from '../testing/samples.ts'
import { disconnect } from './disconnect.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const offer = { type: 'offer', call: CALL, sdp: SDP, candidates: [] }
const answer = { type: 'answer', call: CALL, camera: PORCH, sdp: SDP, candidates: [] }
const candidates = { type: 'candidates', call: CALL, candidates: [], done: true }
const hangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }
const types = (connection: string) => home.posted.takeFor(connection).map((message) => message.type)
const codes = (connection: string) =>
  home.posted.takeFor(connection).map((message) => (message.type === 'error' ? message.code : message.type))

beforeEach(async () => {
  home = createHome()
  await home.deviceHello(home.device, 'porch')
  await home.deviceHello(home.otherDevice, 'garden')
  await home.viewerHello(home.viewer)
  home.posted.take()
})

describe('hello', () => {
  it('[R3] [R4] is answered by a welcome with every camera, each time', async () => {
    await home.viewerHello(home.viewer)
    await home.viewerHello(home.viewer)
    const welcomes = home.posted.takeFor('viewer')
    expect(welcomes).toHaveLength(2)
    expect(welcomes[1]).toMatchObject({ type: 'welcome', cameras: [{ camera: PORCH }, { camera: GARDEN }] })
  })

  it('[R6] of an unknown version is refused and changes nothing', async () => {
    const hello = { type: 'hello', protocol: 99, software: { name: 'x', version: '1' }, instance: CALL }
    await home.say(home.otherViewer, hello)
    expect(codes('other-viewer')).toEqual(['unsupported-version'])
    expect(await home.store.listConnections('other')).toEqual([])
  })

  it('[R7] is answered within one frame, whatever there is, with those first that can be watched', async () => {
    const cameras = Array.from({ length: 16 }, (_, n) => ({
      name: `c${n}`,
      label: '見'.repeat(64),
      state: 'ready',
    }))
    const greeting = {
      type: 'hello',
      protocol: 1,
      software: { name: 'x', version: '1' },
      instance: CALL,
      cameras,
    }
    for (let n = 0; n < 12; n += 1) {
      const device = sender(
        { kind: 'device', id: String(n % 10).repeat(42) + String.fromCharCode(97 + n) },
        `d${n}`,
      )
      await home.say(device, greeting)
      if (n % 2 === 0) await disconnect(home.instance, device)
    }
    home.posted.take()
    await home.viewerHello(home.viewer)
    const [welcome] = home.posted.takeFor('viewer')
    expect(frameBytes(welcome ?? {})).toBeLessThanOrEqual(MAX_FRAME_BYTES)
    expect(welcome).toMatchObject({ type: 'welcome', cameras: { length: expect.any(Number) } })
    const states =
      welcome?.type === 'welcome' && 'cameras' in welcome ? welcome.cameras.map(({ state }) => state) : []
    expect(states.filter((state) => state === 'online')).toHaveLength(6 * 16 + 2)
    expect(states.at(-1)).toBe('offline')
    expect(home.failures).toHaveLength(1)
  })

  it('[R25] of a device tells every viewer of its cameras', async () => {
    await disconnect(home.instance, home.device)
    expect(home.posted.takeFor('viewer')).toMatchObject([{ camera: PORCH, state: 'offline' }])
    home.state.time += 1_000
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), 'porch')
    expect(home.posted.takeFor('viewer')).toMatchObject([{ camera: PORCH, state: 'online', since: 11_000 }])
  })

  it('[R5] on a new connection moves calls there, and the late disconnect of the old one is nothing', async () => {
    await home.say(home.viewer, call)
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), 'porch')
    await disconnect(home.instance, home.device)
    home.posted.take()
    await home.say(home.viewer, answer)
    expect(types('device-2')).toEqual(['answer'])
    expect(types('viewer')).toEqual([])
  })
})

describe('a call', () => {
  it('[R11] reaches its host with who calls', async () => {
    await home.say(home.viewer, call)
    expect(home.posted.take()).toEqual([
      { connection: 'device', message: { ...call, who: 'local', role: 'owner' } },
    ])
  })

  it('[R11] to a camera that nobody has is refused', async () => {
    await home.say(home.viewer, { ...call, camera: `${DEVICE}.cellar` })
    await home.say(home.viewer, { ...call, camera: `${'x'.repeat(43)}.porch` })
    expect(codes('viewer')).toEqual(['unknown-camera', 'unknown-camera'])
  })

  it('[R11] to a camera whose device is offline is answered so', async () => {
    await disconnect(home.instance, home.device)
    home.posted.take()
    await home.say(home.viewer, call)
    expect(codes('viewer')).toEqual(['camera-offline'])
  })

  it('[R11] to a device whose connection is gone finds that out, tells the caller and every viewer', async () => {
    home.posted.gone.add('device')
    await home.say(home.viewer, call)
    expect(home.posted.takeFor('viewer')).toMatchObject([
      { type: 'presence', camera: PORCH, state: 'offline' },
      { type: 'error', code: 'camera-offline', call: CALL },
    ])
  })

  it('[R12] made twice reaches the host twice, and is one call', async () => {
    await home.say(home.viewer, call)
    await home.say({ ...home.viewer, connection: 'viewer-2' }, call)
    expect(types('device')).toEqual(['call', 'call'])
    await home.say(home.device, offer)
    expect(types('viewer-2')).toEqual(['offer'])
  })

  it('[R13] with the id of a call of someone else, or to another camera, is refused and disturbs nothing', async () => {
    await home.say(home.viewer, call)
    home.posted.take()
    await home.say(home.otherViewer, call)
    await home.say(home.viewer, { ...call, camera: GARDEN })
    expect(codes('other-viewer')).toEqual(['call-taken'])
    expect(codes('viewer')).toEqual(['call-taken'])
    await home.say(home.device, offer)
    expect(types('viewer')).toEqual(['offer'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R13] with the id of a call that is over is refused', async () => {
    await home.say(home.viewer, call)
    await home.say(home.viewer, hangup)
    home.posted.take()
    await home.say(home.viewer, call)
    expect(codes('viewer')).toEqual(['call-ended'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R24] made again while its host is away is not over', async () => {
    await home.say(home.viewer, call)
    home.posted.gone.add('device')
    await home.say(home.viewer, call)
    expect(codes('viewer')).toEqual(['presence', 'camera-offline'])
    home.posted.gone.clear()
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), 'porch')
    home.posted.take()
    await home.say(home.viewer, answer)
    expect(types('device-2')).toEqual(['answer'])
  })

  it('costs one read and one write', async () => {
    Object.assign(home.state, { reads: 0, writes: 0 })
    await home.say(home.viewer, call)
    expect(home.state).toMatchObject({ reads: 1, writes: 1 })
  })
})

describe('within a call', () => {
  beforeEach(async () => {
    await home.say(home.viewer, call)
    home.posted.take()
  })

  it('[R14] each end’s messages reach the other, as they were sent', async () => {
    await home.say(home.device, offer)
    await home.say(home.device, candidates)
    await home.say(home.viewer, answer)
    await home.say(home.viewer, { ...candidates, camera: PORCH })
    await home.say(home.viewer, { type: 'alive', call: CALL, camera: PORCH })
    expect(home.posted.takeFor('viewer')).toEqual([offer, candidates])
    expect(types('device')).toEqual(['answer', 'candidates', 'alive'])
  })

  it('[R14] a stranger’s message is answered unknown-call and goes nowhere, cold or warm', async () => {
    const cold = home.newInstance()
    for (const at of [home.instance, cold]) {
      await home.say(home.otherViewer, answer, at)
      await home.say(home.otherViewer, hangup, at)
      await home.say(home.viewer, { ...answer, camera: GARDEN }, at)
      await home.say(home.otherDevice, offer, at)
      await home.say(home.otherDevice, { type: 'hangup', call: CALL, reason: 'camera-closed' }, at)
      expect(codes('other-viewer')).toEqual(['unknown-call', 'unknown-call'])
      expect(codes('viewer')).toEqual(['unknown-call'])
      expect(codes('other-device')).toEqual(['unknown-call', 'unknown-call'])
      expect(home.posted.take()).toEqual([])
    }
    await home.say(home.device, offer)
    expect(types('viewer')).toEqual(['offer'])
  })

  it('[R14] [R18] a hangup that overtakes its call keeps it from opening the camera', async () => {
    const late = 'z'.repeat(22)
    await home.say(home.viewer, { ...hangup, call: late })
    expect(home.posted.take()).toEqual([])
    await home.say(home.viewer, { ...call, call: late })
    expect(codes('viewer')).toEqual(['call-ended'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R14] a call that does not exist is answered the same', async () => {
    await home.say(home.viewer, { ...answer, call: 'x'.repeat(22) })
    await home.say(home.device, { ...offer, call: 'x'.repeat(22) })
    expect(codes('viewer')).toEqual(['unknown-call'])
    expect(codes('device')).toEqual(['unknown-call'])
  })

  it('costs no read when warm, and one round trip when cold', async () => {
    Object.assign(home.state, { reads: 0, writes: 0 })
    await home.say(home.device, offer)
    await home.say(home.viewer, answer)
    expect(home.state).toMatchObject({ reads: 0, writes: 0 })
    await home.say(home.viewer, answer, home.newInstance())
    expect(home.state).toMatchObject({ reads: 1, writes: 0 })
    await home.say(home.device, offer, home.newInstance())
    expect(home.state).toMatchObject({ reads: 2, writes: 0 })
  })

  it('[R18] a hangup reaches the other end; a second one, and what comes after, goes nowhere', async () => {
    await home.say(home.viewer, hangup)
    expect(types('device')).toEqual(['hangup'])
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.viewer, hangup, at)
      await home.say(home.viewer, answer, at)
      await home.say(home.device, offer, at)
      expect(home.posted.take()).toEqual([])
    }
  })

  it('[R18] a hangup that the database failed to note can be repeated', async () => {
    const failing = { ...home.store, endCall: () => Promise.reject(new Error('down')) }
    await home.say(home.viewer, hangup, { ...home.instance, store: failing })
    expect(codes('viewer')).toEqual(['internal'])
    await home.say(home.viewer, hangup)
    expect((await home.store.getCall(CALL))?.state).toBe('ended')
  })

  it('[R19] an error that ends the call does so like a hangup; one that does not, does not', async () => {
    await home.say(home.device, { type: 'error', code: 'unexpected-message', call: CALL })
    await home.say(home.device, { type: 'error', code: 'camera-busy', call: CALL, detail: 'full' })
    expect(codes('viewer')).toEqual(['unexpected-message', 'camera-busy'])
    await home.say(home.viewer, answer)
    expect(home.posted.take()).toEqual([])
  })

  it('[R23] a message whose receiver is gone is answered peer-gone', async () => {
    home.posted.gone.add('viewer')
    await home.say(home.device, offer)
    expect(codes('device')).toEqual(['peer-gone'])
    home.posted.gone.clear()
    home.posted.gone.add('device')
    await home.say(home.viewer, answer)
    expect(codes('viewer')).toEqual(['presence', 'peer-gone'])
  })

  it('[R23] a stale address in a warm instance is read again and the message gets there', async () => {
    const stale = home.newInstance()
    await home.say(home.viewer, answer, stale)
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), 'porch')
    home.posted.gone.add('device')
    home.posted.take()
    await home.say(home.viewer, answer, stale)
    expect(home.posted.take()).toMatchObject([{ connection: 'device-2', message: { type: 'answer' } }])
  })
})

describe('status', () => {
  const busy = { type: 'status', cameras: [{ name: 'porch', state: 'busy' }] }

  it('[R27] tells the viewers what changed, and the same again tells nobody', async () => {
    await home.say(home.device, busy)
    expect(home.posted.takeFor('viewer')).toMatchObject([{ camera: PORCH, state: 'busy' }])
    await home.say(home.device, busy)
    expect(home.posted.take()).toEqual([])
  })

  it('[R27] is no failure of the device when a viewer cannot be told, and the others are', async () => {
    await home.viewerHello({ ...home.viewer, connection: 'viewer-2' })
    home.posted.take()
    home.posted.failing.add('viewer')
    await home.say(home.device, busy)
    expect(types('device')).toEqual([])
    expect(types('viewer-2')).toEqual(['presence'])
    expect(home.failures).toHaveLength(1)
  })

  it('forgets a viewer whose connection is gone', async () => {
    home.posted.gone.add('viewer')
    await home.say(home.device, busy)
    expect(await home.store.listConnections('local')).toEqual([])
  })
})

describe('bad input', () => {
  it.each([
    ['not JSON', '{', 'bad-message'],
    ['an array', '[]', 'bad-message'],
    ['no type', '{}', 'bad-message'],
    ['a missing field', '{"type":"call"}', 'bad-message'],
    ['a wrong field', JSON.stringify({ ...call, camera: 'porch' }), 'bad-message'],
    ['an unknown type', '{"type":"reboot"}', 'unknown-type'],
    ['a type that only a device may send', JSON.stringify(offer), 'unknown-type'],
    ['a type named like an object’s own', '{"type":"__proto__"}', 'unknown-type'],
    ['the empty frame', '', 'bad-message'],
  ])('[R8] %s is answered and reaches nobody', async (_what, frame, code) => {
    await home.say(home.viewer, frame)
    expect(codes('viewer')).toEqual([code])
    expect(home.posted.take()).toEqual([])
  })

  it('[R8] names the field, and the call when that much is right', async () => {
    await home.say(home.viewer, { ...call, camera: 'porch' })
    const [error] = home.posted.takeFor('viewer')
    expect(error).toMatchObject({ call: CALL, detail: expect.stringContaining('camera') })
  })

  it('[R9] unknown fields are not handed on', async () => {
    await home.say(home.viewer, { ...call, role: 'admin', who: 'root', extra: 1 })
    expect(home.posted.take()[0]?.message).toEqual({ ...call, who: 'local', role: 'owner' })
  })

  it('says internal, and logs why, when the database fails', async () => {
    const broken = {
      ...home.instance,
      store: { ...home.store, getDevice: () => Promise.reject(new Error('down')) },
    }
    await home.say(home.viewer, call, broken)
    expect(codes('viewer')).toEqual(['internal'])
    expect(home.failures).toHaveLength(1)
  })
})
