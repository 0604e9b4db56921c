import { beforeEach, expect, it } from 'vitest'
import { GIVE_UP_MS } from './call/call-patience.ts'
import { type Household, household } from './testing/household.ts'
import { candidate, PORCH, SDP } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
  home.verdicts.hold()
  home.ring()
})

const GENUINE = { kind: 'genuine' } as const
const NOT_GENUINE = { kind: 'not-genuine' } as const

it('[R42] nothing of an offer is used while it is being verified; what comes meanwhile waits', () => {
  home.cloud.say(home.offer())
  home.cloud.say({ type: 'candidates', call: home.call, candidates: [candidate(1), candidate(2)] })
  expect(home.state().phase).toBe('verifying')
  expect(home.peers.last.told).toEqual([])
  home.verdicts.give(GENUINE)
  expect(home.peers.last.told).toEqual([`offer ${SDP}`, candidate(1).candidate, candidate(2).candidate])
})

it('[R42] what is verified is the offer for this call and the camera that was clicked', () => {
  home.cloud.say(home.offer())
  expect(home.verdicts.offers).toEqual([
    { call: home.call, camera: PORCH, sdp: SDP, signature: 'by the device' },
  ])
})

it('[R15, R42] a second offer during that is ignored, genuine or not', () => {
  home.cloud.say(home.offer(), { ...home.offer(), sdp: 'v=0 forged' })
  home.verdicts.give(GENUINE)
  expect(home.verdicts.offers).toHaveLength(1)
  expect(home.peers.last.told[0]).toBe(`offer ${SDP}`)
})

it('a verdict on a call that was left is not one on the next', () => {
  home.cloud.say(home.offer())
  home.viewer.leave(PORCH)
  home.viewer.call(PORCH)
  home.cloud.say(home.offer())
  expect(home.state().phase).toBe('verifying')
  const [first, second] = home.peers.peers
  home.verdicts.giveFirst(GENUINE)
  expect(home.state().phase).toBe('verifying')
  expect(first?.told).toEqual(['close'])
  expect(second?.told).toEqual([])
  home.verdicts.give(NOT_GENUINE)
  expect(home.state()).toMatchObject({ phase: 'failed', failure: { code: 'offer-not-genuine' } })
})

it('a browser that cannot verify does not watch, and says why', () => {
  home.cloud.say(home.offer())
  home.verdicts.give({ kind: 'cannot-tell', detail: 'no Ed25519' })
  expect(home.state()).toMatchObject({ failure: { code: 'browser-refused', detail: 'no Ed25519' } })
  expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed' }])
  expect(home.peers.last.told).toEqual(['close'])
})

it('a verdict that never comes ends the call in its time', () => {
  home.cloud.say(home.offer())
  home.clock.advance(GIVE_UP_MS)
  expect(home.state()).toMatchObject({ phase: 'failed', failure: { code: 'browser-refused' } })
  home.verdicts.give(GENUINE)
  expect(home.peers.last.told).toEqual(['close'])
})

it('[R24] a lost link does not hurt an offer that is being verified', () => {
  home.cloud.say(home.offer())
  home.cloud.close()
  home.verdicts.give(GENUINE)
  expect(home.state().phase).toBe('answering')
})
