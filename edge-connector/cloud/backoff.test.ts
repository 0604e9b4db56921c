import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs, LOST_POLICY, REFUSED_POLICY } from './backoff.ts'

test('the wait grows to its cap, with full jitter', () => {
  expect([0, 1, 2, 5, 6, 50, 2_000].map((attempt) => backoffMs(attempt, LOST_POLICY, 1))).toEqual([
    1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
  ])
  expect(backoffMs(3, LOST_POLICY, 0)).toBe(0)
  expect(backoffMs(20, REFUSED_POLICY, 1)).toBe(600_000)
})

test('it is never less than nothing, and never more than its cap', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const ms = backoffMs(attempt, LOST_POLICY, random)
      return ms >= 0 && ms <= LOST_POLICY.capMs
    }),
  )
})
