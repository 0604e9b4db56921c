import { expect, it } from 'vitest'
import { sequentialLegs } from './sequential-legs.ts'

const leg = (departedAt: number, arrivedAt: number) => ({ departedAt, arrivedAt })

it('counts the legs that followed each other', () => {
  expect(sequentialLegs([leg(0, 40), leg(41, 81), leg(85, 125)], 0, 130)).toBe(3)
})

it('counts legs that ran side by side once', () => {
  expect(sequentialLegs([leg(0, 40), leg(5, 45), leg(10, 50), leg(50, 90)], 0, 100)).toBe(2)
})

it('counts only what lies between the click and the answer', () => {
  expect(sequentialLegs([leg(-50, -10), leg(0, 40), leg(70, 110)], 0, 100)).toBe(1)
})
