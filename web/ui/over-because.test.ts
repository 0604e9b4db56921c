import { expect, it } from 'vitest'
import type { CallState } from '../viewer/call/call-state.ts'
import { isAlarm, isGone, isShutOut, mayTryAgain } from './over-because.ts'

const failed = (code: string): CallState => ({ phase: 'failed', call: 'c', camera: 'd.x', failure: { code } })
const ended = (reason: string): CallState => ({ phase: 'ended', call: 'c', camera: 'd.x', reason })

it('[R42] an offer that is not genuine alarms, whoever says so; a busy camera does not', () => {
  expect(isAlarm(failed('offer-not-genuine'))).toBe(true)
  expect(isAlarm(ended('offer-not-genuine'))).toBe(true)
  expect(isAlarm(failed('wrong-device'))).toBe(true)
  expect(isAlarm(failed('camera-busy'))).toBe(false)
  expect(isAlarm({ phase: 'idle' })).toBe(false)
})

it('knows whose access is over', () => {
  expect(isShutOut(ended('access-expired'))).toBe(true)
  expect(isShutOut(ended('taken-over'))).toBe(false)
})

it('offers to try again where that can help', () => {
  expect(mayTryAgain(failed('camera-busy'))).toBe(true)
  expect(mayTryAgain(ended('taken-over'))).toBe(true)
  expect(mayTryAgain(ended('access-revoked'))).toBe(false)
  expect(mayTryAgain(failed('wrong-device'))).toBe(false)
})

it('a call is gone with its camera, unless it says itself why there is no other', () => {
  expect(isGone(failed('camera-busy'), 'removed')).toBe(true)
  expect(isGone(ended('viewer-left'), 'removed')).toBe(true)
  expect(isGone(failed('camera-busy'), 'busy')).toBe(false)
  expect(isGone(ended('device-unpaired'), 'removed')).toBe(false)
  expect(isGone({ phase: 'idle' }, 'removed')).toBe(false)
})
