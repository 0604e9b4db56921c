import { beforeEach, describe, expect, it } from 'vitest'
import { createHome } from '../../testing/home.ts'
import { answerFor, CALL, CELLAR, DEVICE, PORCH } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'

let home: ReturnType<typeof createHome>

const NEXT = 'n'.repeat(22)
const call = { type: 'call', call: CALL, camera: PORCH }
const next = { type: 'call', call: NEXT, camera: PORCH, replaces: CALL }
const stateOf = async (id: string) => {
  const record = await home.store.getCall(DEVICE, id)
  return record === null ? null : (record.endReason ?? record.state)
}

beforeEach(async () => {
  home = createHome()
  await home.furnish()
  await home.say(home.member, call)
  await home.say(home.member, answerFor(call))
  home.posted.take()
})

describe('a call that replaces another', () => {
  it('[R48] names it to the host and ends it, which owners hear', async () => {
    await home.say({ ...home.member, connection: 'reloaded' }, next)
    expect(home.posted.takeFor('device')).toMatchObject([next])
    expect(home.posted.takeFor('owner')).toMatchObject([{ watch: { call: CALL, reason: 'called-again' } }])
    expect(home.posted.take()).toEqual([])
    expect([await stateOf(CALL), await stateOf(NEXT)]).toEqual(['called-again', 'live'])
  })

  it('[R48] is with the host before anything of the earlier is read, for the picture waits for it', async () => {
    Object.assign(home.state, { reads: 0, writes: 0 })
    const spent: object[] = []
    const { connections } = home.instance
    const post: typeof connections.post = (connection, message) => {
      if (message.type === 'call') spent.push({ ...home.state })
      return connections.post(connection, message)
    }
    await home.say(home.member, next, { ...home.newInstance(), connections: { ...connections, post } })
    expect(spent).toMatchObject([{ reads: 1, writes: 1 }])
  })

  it('[R48] leaves somebody else’s be, one to another camera, and itself', async () => {
    await home.say(home.guest, { ...next, call: 'g'.repeat(22) })
    await home.say(home.owner, { ...next, call: 'o'.repeat(22) })
    await home.say(home.owner, { ...call, call: NEXT, camera: CELLAR })
    await home.say(home.owner, { ...next, call: 'p'.repeat(22), replaces: NEXT })
    expect([await stateOf(CALL), await stateOf(NEXT)]).toEqual(['live', 'live'])
    home.posted.take()
    const itself = 's'.repeat(22)
    await home.say(home.member, { ...next, call: itself, replaces: itself })
    expect(home.posted.takeFor('device')[0]).not.toHaveProperty('replaces')
    expect(await stateOf(itself)).toBe('live')
  })

  it('[R48] and cannot be delivered, or is refused, leaves it be', async () => {
    await home.say(home.member, { ...next, camera: CELLAR })
    expect(home.heardBy('member')).toEqual(['unknown-camera'])
    await disconnect(home.instance, home.device)
    await home.say(home.member, next)
    home.posted.take()
    await home.deviceHello(home.device, ['porch', 'cellar'])
    home.posted.gone.add('device')
    await home.say(home.member, next)
    expect(home.heardBy('member').at(-1)).toBe('camera-offline')
    expect(await stateOf(CALL)).toBe('live')
  })

  it('[R48] made again ends what the first attempt has left, and owners hear of it once', async () => {
    const failing = { ...home.store, endCall: () => Promise.reject(new Error('down')) }
    await home.say(home.member, next, { ...home.newInstance(), store: failing })
    expect(home.heardBy('member')).toEqual(['internal'])
    expect(await stateOf(CALL)).toBe('live')
    for (let n = 0; n < 2; n += 1) await home.say(home.member, next, home.newInstance())
    expect(await stateOf(CALL)).toBe('called-again')
    expect(home.heardBy('owner')).toEqual(['watching'])
  })

  it('[R48] and overtakes it keeps it from opening the camera', async () => {
    const late = 'l'.repeat(22)
    await home.say(home.member, { ...next, replaces: late })
    home.posted.take()
    await home.say(home.member, { ...call, call: late })
    expect(home.posted.take()).toMatchObject([{ connection: 'member', message: { code: 'call-ended' } }])
  })
})
