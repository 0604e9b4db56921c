import { beforeEach, describe, expect, it } from 'vitest'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import { createHome, sender } from '../../testing/home.ts'
import { answerFor, CALL, CELLAR, DEVICE, GARDEN, PORCH, SDP } from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const offer = { type: 'offer', call: CALL, sdp: SDP, candidates: [] }
const answer = answerFor(call)
const candidates = { type: 'candidates', call: CALL, candidates: [], done: true }
const alive = { type: 'alive', call: CALL, camera: PORCH }
const hangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
  await home.say(home.member, call)
  home.posted.take()
})

describe('within a call', () => {
  it('[R14] each end’s messages reach the other, as they were sent', async () => {
    await home.say(home.device, offer)
    await home.say(home.device, candidates)
    await home.say(home.member, answer)
    await home.say(home.member, { ...candidates, camera: PORCH })
    await home.say(home.member, alive)
    expect(home.posted.takeFor('member')).toEqual([offer, candidates])
    expect(home.heardBy('device')).toEqual(['answer', 'candidates', 'alive'])
  })

  it('[R14] nobody else sends into it, answers it or hangs it up, cold or warm', async () => {
    const strangers = [home.stranger, home.guest, home.owner]
    for (const at of [home.instance, home.newInstance()]) {
      for (const from of strangers) {
        for (const message of [answer, { ...candidates, camera: PORCH }, alive, hangup]) {
          await home.say(from, message, at)
          expect(home.posted.takeFor(from.connection)).toEqual([
            { type: 'error', code: 'unknown-call', call: CALL },
          ])
        }
      }
      await home.say(home.member, { ...answer, camera: `${DEVICE}.cellar` }, at)
      expect(home.heardBy('member')).toEqual(['unknown-call'])
      expect(home.posted.take()).toEqual([])
    }
    await home.say(home.device, offer)
    expect(home.heardBy('member')).toEqual(['offer'])
  })

  it('[R14] a device has no voice in the calls of another’s cameras, cold or warm', async () => {
    for (const at of [home.instance, home.newInstance()]) {
      for (const message of [
        offer,
        candidates,
        { type: 'hangup', call: CALL, reason: 'camera-closed' },
        { type: 'error', code: 'camera-busy', call: CALL },
      ]) {
        await home.say(home.otherDevice, message, at)
        expect(home.heardBy('other-device')).toEqual(['unknown-call'])
      }
      expect(home.posted.take()).toEqual([])
    }
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('live')
  })

  it('[R14] [R18] a hangup that overtakes its call keeps it from opening the camera', async () => {
    for (const from of [home.member, home.guest]) {
      const late = from.connection.padEnd(22, '-')
      await home.say(from, { ...hangup, call: late })
      expect(home.posted.take()).toEqual([])
      await home.say(from, { ...call, call: late })
      expect(home.heardBy(from.connection)).toEqual(['call-ended'])
      expect(home.posted.take()).toEqual([])
    }
  })

  it('[R14] a hangup of no call by who may not see the camera is unknown-call, whatever the camera, and leaves nothing', async () => {
    const signedOut = sender({ ...home.member.principal, authenticatedAt: 1 }, 'signed-out')
    await home.ask(sender(home.member.principal, 'phone'), { op: 'sign-out-everywhere' })
    home.posted.take()
    for (const from of [home.stranger, home.guest, signedOut]) {
      for (const camera of [PORCH, CELLAR, GARDEN, `${'x'.repeat(43)}.porch`]) {
        if (from === home.guest && camera === PORCH) continue
        await home.say(from, { ...hangup, call: 'z'.repeat(22), camera })
        expect(home.heardBy(from.connection)).toEqual(['unknown-call'])
        expect(home.posted.take()).toEqual([])
        expect(await home.store.getCall(splitCameraId(camera).device, 'z'.repeat(22))).toBeNull()
      }
    }
  })

  it('[R14] a hangup that overtakes its call is nobody’s visit', async () => {
    await home.say(home.owner, { ...hangup, call: 'z'.repeat(22) })
    expect(await home.store.getCall(DEVICE, 'z'.repeat(22))).toMatchObject({ state: 'ended' })
    await home.ask(home.owner, { op: 'list-history', camera: PORCH }).then((result) => {
      expect(result).toMatchObject({ answer: { watches: [{ call: CALL }] } })
    })
  })

  it('[R14] a call that does not exist is answered the same', async () => {
    await home.say(home.member, { ...answer, call: 'x'.repeat(22) })
    await home.say(home.device, { ...offer, call: 'x'.repeat(22) })
    expect(home.heardBy('member')).toEqual(['unknown-call'])
    expect(home.heardBy('device')).toEqual(['unknown-call'])
  })

  it('costs no read when warm, and one round trip when cold or after ten seconds', async () => {
    const cost = async (from: Parameters<typeof home.say>[0], message: object, at = home.instance) => {
      Object.assign(home.state, { reads: 0, writes: 0 })
      await home.say(from, message, at)
      return [home.state.reads, home.state.writes]
    }
    expect(await cost(home.device, offer)).toEqual([0, 0])
    expect(await cost(home.member, alive)).toEqual([0, 0])
    expect(await cost(home.member, alive, home.newInstance())).toEqual([1, 0])
    expect(await cost(home.device, offer, home.newInstance())).toEqual([1, 0])
    home.state.time += 10_000
    expect(await cost(home.member, alive)).toEqual([1, 0])
    expect(await cost(home.member, alive)).toEqual([0, 0])
  })

  it('[R18] a hangup reaches the other end; what comes after goes nowhere', async () => {
    await home.say(home.member, hangup)
    expect(home.heardBy('device')).toEqual(['hangup'])
    home.posted.take()
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.member, { ...candidates, camera: PORCH }, at)
      await home.say(home.device, offer, at)
      expect(home.posted.take()).toEqual([])
    }
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({
      state: 'ended',
      endedAt: 10_000,
      endReason: 'viewer-left',
    })
  })

  it('[R49] a host asks the viewer of its call, without a read when warm, and of no other camera', async () => {
    await home.say(home.device, offer)
    home.posted.take()
    home.state.reads = 0
    await home.say(home.device, alive)
    expect(home.posted.take()).toEqual([{ connection: 'member', message: alive }])
    expect(home.state.reads).toBe(0)
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.device, { ...alive, camera: CELLAR }, at)
      expect(home.heardBy('device')).toEqual(['unknown-call'])
      await home.say(home.otherDevice, alive, at)
      expect(home.heardBy('other-device')).toEqual(['unknown-call'])
    }
    expect(home.posted.take()).toEqual([])
  })

  it('[R18] a hangup that the database failed to note can be repeated', async () => {
    const failing = { ...home.instance.store, endCall: () => Promise.reject(new Error('down')) }
    await home.say(home.member, hangup, { ...home.instance, store: failing })
    expect(home.heardBy('member')).toEqual(['internal'])
    await home.say(home.member, hangup)
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('ended')
  })

  it('[R18] a hangup whose receiver cannot be reached is noted before it is answered, and the owners hear of it', async () => {
    for (const [from, other] of [
      [home.device, 'member'],
      [home.member, 'device'],
    ] as const) {
      const id = other.padEnd(22, '-')
      await home.say(home.member, { ...call, call: id })
      home.posted.take()
      home.posted.failing.add(other)
      const { store } = home
      const slow: typeof store = {
        ...store,
        endCall: async (...args) => {
          await new Promise((resolve) => setImmediate(resolve))
          return store.endCall(...args)
        },
      }
      const message = from === home.device ? { type: 'hangup', call: id, reason: 'camera-closed' } : hangup
      await home.say(from, { ...message, call: id }, { ...home.instance, store: slow })
      expect((await home.store.getCall(DEVICE, id))?.state).toBe('ended')
      expect(home.heardBy('owner')).toEqual(['watching'])
      expect(home.heardBy(from.connection)).toEqual(['internal'])
      home.posted.failing.clear()
    }
  })

  it('[R18] a hangup goes to where the device is now, though its dead connection still takes posts', async () => {
    const warm = home.newInstance()
    await home.say(home.member, alive, warm)
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), ['porch', 'cellar'])
    home.posted.take()
    await home.say(home.member, hangup, warm)
    expect(home.posted.takeFor('device-2')).toMatchObject([{ type: 'hangup' }])
  })

  it('[R19] an error that ends the call does so like a hangup; one that does not, does not', async () => {
    await home.say(home.device, { type: 'error', code: 'unexpected-message', call: CALL })
    await home.say(home.device, { type: 'error', code: 'camera-busy', call: CALL, detail: 'full' })
    expect(home.heardBy('member')).toEqual(['unexpected-message', 'camera-busy'])
    home.posted.take()
    await home.say(home.member, { ...candidates, camera: PORCH })
    expect(home.posted.take()).toEqual([])
  })

  it('[R23] a message whose receiver is gone is answered peer-gone', async () => {
    home.posted.gone.add('member')
    await home.say(home.device, offer)
    expect(home.heardBy('device')).toEqual(['peer-gone'])
    home.posted.gone.clear()
    home.posted.gone.add('device')
    await home.say(home.member, answer)
    expect(home.heardBy('member')).toEqual(['presence', 'peer-gone'])
  })

  it('[R23] a stale address in a warm instance is read again and the message gets there', async () => {
    const stale = home.newInstance()
    await home.say(home.member, answer, stale)
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), ['porch', 'cellar'])
    home.posted.gone.add('device')
    home.posted.take()
    await home.say(home.member, alive, stale)
    expect(home.posted.take()).toMatchObject([{ connection: 'device-2', message: { type: 'alive' } }])
  })
})
