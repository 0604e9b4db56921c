import { expect, it } from 'vitest'
import { overBounds } from './bounds.ts'

it('figures on their bounds hold, and those without one are not judged', () => {
  expect(overBounds({ ratio: 1.3, differenceMs: -20, rssMb: 60, runs: 1_000_000 })).toEqual([])
})

it('a figure over its bound is named, and so is one that is no number', () => {
  expect(overBounds({ ratio: 1.31, legs: 6 })).toEqual(['ratio is 1.31, over its bound of 1.3'])
  expect(overBounds({ startToConnectedMs: Number.NaN })).toHaveLength(1)
})

it('with a delay on the signalling only its legs and messages are judged', () => {
  expect(overBounds({ ratio: 3, differenceMs: 200, latencyMs: 40, legs: 6 })).toEqual([])
  expect(overBounds({ ratio: 3, latencyMs: 0 })).toHaveLength(1)
  expect(overBounds({ legs: 7, latencyMs: 40 })).toHaveLength(1)
})
