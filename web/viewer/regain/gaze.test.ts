import { beforeEach, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../testing/manual-clock.ts'
import { Gaze } from './gaze.ts'

let clock: ManualClock
let gaze: Gaze
let said: boolean[]
beforeEach(() => {
  clock = manualClock()
  said = []
  gaze = new Gaze({ clock, changed: (looked) => said.push(looked) })
})

it('a page that was hidden for a minute is looked at by nobody, until it is seen again', () => {
  gaze.seen(false)
  clock.advance(59_999)
  expect(said).toEqual([])
  clock.advance(1)
  expect(said).toEqual([false])
  gaze.seen(true)
  expect(said).toEqual([false, true])
})

it('who comes back within the minute was never away', () => {
  gaze.seen(false)
  clock.advance(59_999)
  gaze.seen(true)
  clock.advance(60_000)
  gaze.seen(true)
  expect(said).toEqual([])
})

it('the minute begins when the page is hidden, however often that is said', () => {
  gaze.seen(false)
  clock.advance(30_000)
  gaze.seen(false)
  clock.advance(30_000)
  expect(said).toEqual([false])
})

it('a page that was frozen says when it wakes that nobody had looked', () => {
  let now = 0
  const frozen = { now: () => now, setTimeout: () => 0, clearTimeout: () => undefined }
  const late = new Gaze({ clock: frozen, changed: (looked) => said.push(looked) })
  late.seen(false)
  now = 600_000
  late.seen(true)
  expect(said).toEqual([false, true])
})
