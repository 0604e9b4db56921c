import { expect, test } from 'vitest'
import { rightEndsAt, shortenRight } from './right.ts'

test('[R35] a right ends after the time that was left of it, or not by itself', () => {
  expect(rightEndsAt(5_000, 1_000)).toBe(6_000)
  expect(rightEndsAt(undefined, 1_000)).toBeNull()
})

test.each([
  ['takes time away', 10_000, 2_000, 3_000],
  ['gives none', 10_000, 60_000, 10_000],
  ['that names no end leaves it', 10_000, undefined, 10_000],
  ['gives an end to what had none', null, 2_000, 3_000],
  ['that names none leaves what has none', null, undefined, null],
])('[R10] [R35] a repeated call %s', (_, endsAt, leftMs, after) => {
  expect(shortenRight(endsAt, leftMs, 1_000)).toBe(after)
})
