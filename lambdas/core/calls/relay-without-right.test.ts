import { beforeEach, describe, expect, it } from 'vitest'
import { createHome } from '../../testing/home.ts'
import { answerFor, CALL, LINK, linkGrant, PORCH, SDP } from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const offer = { type: 'offer', call: CALL, sdp: SDP, candidates: [] }
const answer = answerFor(call)
const candidates = { type: 'candidates', call: CALL, candidates: [], done: true }
const alive = { type: 'alive', call: CALL, camera: PORCH }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
  await home.say(home.member, call)
  home.posted.take()
})

describe('a running call whose right is over', () => {
  const GUESTS = 'y'.repeat(22)

  beforeEach(async () => {
    await home.say(home.guest, { ...call, call: GUESTS })
    home.posted.take()
  })

  it('[R35] ends at both ends with the first message after the link’s hour, cold or warm', async () => {
    home.state.time = 3_600_000
    await home.say(home.device, { ...offer, call: 'w'.repeat(22) })
    home.posted.take()
    await home.say(home.guest, { ...alive, call: GUESTS })
    const hungUp = { type: 'hangup', call: GUESTS, reason: 'access-expired' }
    expect(home.posted.takeFor('device')).toEqual([hungUp])
    expect(home.posted.takeFor('guest')).toEqual([hungUp])
    expect(home.heardBy('owner')).toEqual(['watching'])
    await home.say(home.guest, { ...answer, call: GUESTS }, home.newInstance())
    expect(home.posted.take()).toEqual([{ connection: 'guest', message: hungUp }])
  })

  it('[R35] ends with a message of its host too', async () => {
    home.state.time = 3_600_000
    await home.say(home.device, { ...candidates, call: GUESTS })
    expect(home.heardBy('guest')).toEqual(['hangup'])
    expect(home.heardBy('device')).toEqual(['hangup'])
  })

  it('[R36] ends with its next message when whoever took the right away failed before ending it', async () => {
    await home.putGrants([linkGrant()])
    await home.say(home.member, alive, home.newInstance())
    const hungUp = { type: 'hangup', call: CALL, reason: 'access-revoked' }
    expect(home.posted.takeFor('device')).toEqual([hungUp])
    expect(home.posted.takeFor('member')).toEqual([hungUp])
    await home.say(home.guest, { ...alive, call: GUESTS }, home.newInstance())
    expect(home.heardBy('device')).toEqual(['alive'])
  })

  it('[R34] goes on for at most ten seconds in an instance that knows no better', async () => {
    const warm = home.newInstance()
    await home.say(home.guest, { ...alive, call: GUESTS }, warm)
    await home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: LINK })
    home.posted.take()
    home.state.time += 9_999
    await home.say(home.guest, { ...alive, call: GUESTS }, warm)
    expect(home.heardBy('device')).toEqual(['alive'])
    home.state.time += 1
    await home.say(home.guest, { ...alive, call: GUESTS }, warm)
    expect(home.heardBy('device')).toEqual(['hangup'])
  })
})
