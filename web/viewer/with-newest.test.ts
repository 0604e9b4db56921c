import { expect, it } from 'vitest'
import { withNewest } from './with-newest.ts'

function keepTwo(values: readonly number[]): readonly number[] {
  let kept: ReadonlySet<number> = new Set()
  for (const value of values) kept = withNewest(kept, value, 2)
  return [...kept]
}

it('of more than are to be kept the oldest goes', () => {
  expect(keepTwo([1, 2, 3])).toEqual([2, 3])
})

it('what comes again is new again', () => {
  expect(keepTwo([1, 2, 1, 3])).toEqual([1, 3])
})
