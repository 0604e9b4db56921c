import { beforeEach, describe, expect, it } from 'vitest'
import { createHome } from '../../testing/home.ts'
import { answerFor, CALL, DEVICE, PORCH } from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const answer = answerFor(call)
const alive = { type: 'alive', call: CALL, camera: PORCH }
const hangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
  await home.say(home.member, call)
  home.posted.take()
})

describe('after the end of a call', () => {
  it('[R18] a hangup that comes again is handed on again, to the other end alone, and owners hear of it once', async () => {
    await home.say(home.member, hangup)
    home.posted.take()
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.member, hangup, at)
      expect(home.posted.take()).toEqual([{ connection: 'device', message: hangup }])
      for (const from of [home.stranger, home.owner, home.guest, home.otherDevice]) {
        await home.say(from, hangup, at)
        expect(home.heardBy(from.connection)).toEqual(['unknown-call'])
      }
      expect(home.posted.take()).toEqual([])
    }
    home.state.time += 10 * 60_000
    await home.say(home.member, hangup, home.newInstance())
    expect(home.posted.take()).toEqual([])
  })

  it.each([
    { type: 'hangup', call: CALL, reason: 'camera-closed' },
    { type: 'error', code: 'camera-busy', call: CALL },
  ])('[R18] [R19] an end by the host that comes again is handed on again: $type', async (end) => {
    await home.say(home.device, end)
    home.posted.take()
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.device, end, at)
      expect(home.posted.take()).toEqual([{ connection: 'member', message: end }])
      await home.say(home.otherDevice, end, at)
      expect(home.heardBy('other-device')).toEqual(['unknown-call'])
    }
  })

  it('[R18] a function that dies between the end and its word is made good by who says it again', async () => {
    const { connections } = home.instance
    const died = { ...connections, post: () => Promise.reject(new Error('died')) }
    await home.say(home.member, hangup, { ...home.newInstance(), connections: died }).catch(() => undefined)
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('ended')
    expect(home.heardBy('device')).toEqual([])
    await home.say(home.member, hangup)
    expect(home.heardBy('device')).toEqual(['hangup'])
  })

  it('[R36] a viewer that is alive in a call whose end neither was told has both hear of it', async () => {
    await home.store.endCall(DEVICE, CALL, 'access-revoked', 10_000)
    await home.say(home.member, alive, home.newInstance())
    const end = { type: 'hangup', call: CALL, reason: 'access-revoked' }
    expect(home.posted.takeFor('device')).toEqual([end])
    expect(home.posted.takeFor('member')).toEqual([end])
  })

  it('[R18] [R47] [R49] who believes in a call that is over hears how it ended, at either end', async () => {
    await home.say(home.device, { type: 'error', code: 'camera-silent', call: CALL })
    home.posted.take()
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.member, alive, at)
      await home.say(home.member, answer, at)
      await home.say(home.device, alive, at)
      const error = { type: 'error', code: 'camera-silent', call: CALL }
      const hangup = { type: 'hangup', call: CALL, reason: 'camera-silent' }
      const { take, takeFor } = home.posted
      expect(takeFor('member')).toEqual([error, error])
      expect(takeFor('device')).toEqual([hangup, hangup])
      expect(take()).toEqual([])
    }
  })
})
