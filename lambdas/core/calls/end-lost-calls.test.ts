import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, greeting, sender } from '../../testing/home.ts'
import { answerFor, CALL, DEVICE, PORCH } from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const GUESTS = 'y'.repeat(22)
const cameras = ['porch', 'cellar'].map((name) => ({ name, state: 'ready' }))
const call = { type: 'call', call: CALL, camera: PORCH }
const anew = { ...greeting, cameras, instance: 'o'.repeat(22) }
const again = () => sender(home.device.principal, 'device-2', home.state.time)
const stateOf = async (id: string) => (await home.store.getCall(DEVICE, id))?.state

beforeEach(async () => {
  home = createHome()
  await home.furnish()
  await home.say(home.member, call)
  await home.say(home.member, answerFor(call))
  await home.say(home.guest, { ...call, call: GUESTS })
  home.state.time += 90_000
  home.posted.take()
})

describe('a connector that has started anew', () => {
  it('[R51] has none of the earlier calls but those that it names: both ends and the owners are told', async () => {
    await home.say(again(), { ...anew, calls: [GUESTS] })
    const hungUp = { type: 'hangup', call: CALL, reason: 'connector-restarted' }
    expect(home.posted.takeFor('member')).toEqual([hungUp])
    expect(home.posted.takeFor('owner')).toMatchObject([{ watch: { reason: 'connector-restarted' } }])
    expect(home.heardBy('guest')).toEqual([])
    expect(home.posted.takeFor('device-2')).toEqual([expect.objectContaining({ type: 'welcome' }), hungUp])
    expect([await stateOf(CALL), await stateOf(GUESTS)]).toEqual(['ended', 'live'])
  })

  it('[R51] tells the others when one cannot be told', async () => {
    home.posted.failing.add('member')
    await home.say(again(), anew)
    expect(home.heardBy('guest')).toEqual(['hangup'])
    expect(home.heardBy('device-2')).toEqual(['welcome', 'hangup', 'hangup'])
    expect([await stateOf(CALL), await stateOf(GUESTS)]).toEqual(['ended', 'ended'])
  })

  it('[R51] keeps a call that began after its connection', async () => {
    const from = again()
    const late = 'z'.repeat(22)
    await home.say(home.owner, { ...call, call: late })
    await home.say(from, anew)
    expect([await stateOf(CALL), await stateOf(late)]).toEqual(['ended', 'live'])
  })

  it('[R5] [R51] ends none when it is the older of two, and is replaced', async () => {
    await home.say(sender(home.device.principal, 'device-0', 4_000), anew)
    expect(home.heardBy('device-0')).toEqual(['replaced'])
    expect(await stateOf(CALL)).toBe('live')
  })

  it('[R24] [R51] that is the same as before ends none, and costs no look for them', async () => {
    home.state.reads = 0
    await home.say(again(), { ...greeting, cameras })
    expect(home.state.reads).toBe(1)
    expect(await stateOf(CALL)).toBe('live')
  })

  it('[R51] looks for them once, and once more where that has failed', async () => {
    const failing = { ...home.store, listCalls: () => Promise.reject(new Error('down')) }
    await home.say(again(), anew, { ...home.newInstance(), store: failing })
    expect(home.heardBy('device-2')).toEqual(['welcome'])
    expect(await stateOf(CALL)).toBe('live')
    await home.say(again(), anew)
    expect(await stateOf(CALL)).toBe('ended')
    home.state.reads = 0
    await home.say(again(), anew)
    expect(home.state.reads).toBe(1)
  })
})
