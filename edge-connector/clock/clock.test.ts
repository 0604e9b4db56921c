import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from './clock.ts'

const DAY_MS = 86_400_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function waitFor(ms: number) {
  let rung = 0
  const cancel = systemClock.after(ms, () => {
    rung += 1
  })
  return { rung: () => rung, cancel }
}

test('[R35] a timer of a whole year waits a year, though Node has none of more than 25 days', () => {
  const { rung } = waitFor(365 * DAY_MS)
  vi.advanceTimersByTime(365 * DAY_MS - 1)
  expect(rung()).toBe(0)
  vi.advanceTimersByTime(1)
  expect(rung()).toBe(1)
})

test('a long timer can be cancelled in whatever part of it', () => {
  const { rung, cancel } = waitFor(60 * DAY_MS)
  vi.advanceTimersByTime(30 * DAY_MS)
  cancel()
  vi.advanceTimersByTime(60 * DAY_MS)
  expect(rung()).toBe(0)
})
