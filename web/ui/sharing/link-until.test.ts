import { expect, it } from 'vitest'
import { asLocalInput, linkUntil } from './link-until.ts'

const NOON = new Date(2026, 10, 21, 12, 0).getTime()

it('an hour is an hour', () => {
  expect(linkUntil('hour', NOON, '')).toBe(NOON + 3_600_000)
})

it('today ends with the day of whoever makes the link', () => {
  expect(linkUntil('today', NOON, '')).toBe(new Date(2026, 10, 21, 23, 59, 59).getTime())
})

it('today is never over already', () => {
  const last = new Date(2026, 10, 21, 23, 59, 59, 500).getTime()
  expect(linkUntil('today', last, '')).toBeGreaterThan(last)
})

it('a week later it is the same time of day', () => {
  expect(linkUntil('week', NOON, '')).toBe(new Date(2026, 10, 28, 12, 0).getTime())
})

it('an own date is taken as local time, and only when it is to come', () => {
  expect(linkUntil('own', NOON, '2026-11-22T08:30')).toBe(new Date(2026, 10, 22, 8, 30).getTime())
  expect(linkUntil('own', NOON, '2026-11-21T12:00')).toBeNull()
  expect(linkUntil('own', NOON, '')).toBeNull()
  expect(linkUntil('own', NOON, 'tomorrow')).toBeNull()
})

it('what is proposed as an own date is read back the same', () => {
  expect(asLocalInput(NOON)).toBe('2026-11-21T12:00')
  expect(linkUntil('own', NOON - 1, asLocalInput(NOON))).toBe(NOON)
})
