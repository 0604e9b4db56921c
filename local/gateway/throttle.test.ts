import { expect, test } from 'vitest'
import { createThrottle } from './throttle.ts'

test('a burst is let through at once, then as many as the rate', () => {
  const throttle = createThrottle({ ratePerSecond: 2, burst: 3 })
  expect([0, 0, 0, 0].map((at) => throttle.take(at))).toEqual([true, true, true, false])
  expect([499, 500, 500, 1000].map((at) => throttle.take(at))).toEqual([false, true, false, true])
})

test('what is not used does not add up beyond the burst', () => {
  const throttle = createThrottle({ ratePerSecond: 10, burst: 1 })
  throttle.take(0)
  expect([60_000, 60_000].map((at) => throttle.take(at))).toEqual([true, false])
})
