import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

it.each([
  [0, 0.999, 499],
  [1, 0.999, 999],
  [5, 0.5, 8_000],
  [6, 0.999, 29_970],
  [5_000, 0.999, 29_970],
])('attempt %i with random %f waits %i ms', (attempt, random, expected) => {
  expect(backoffMs(attempt, random)).toBe(expected)
})

it('may try again at once, whatever the attempt', () => {
  expect(backoffMs(9, 0)).toBe(0)
})
