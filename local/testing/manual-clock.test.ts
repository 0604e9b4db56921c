import { expect, test } from 'vitest'
import { manualClock } from './manual-clock.ts'

test('a manual clock stands still until it is advanced', () => {
  const clock = manualClock(1000)
  let rang = false
  clock.setTimeout(() => {
    rang = true
  }, 50)
  expect(clock.now()).toBe(1000)
  clock.advance(49)
  expect(rang).toBe(false)
  clock.advance(1)
  expect(rang).toBe(true)
  expect(clock.now()).toBe(1050)
})

test('timers run in the order of their due times, each at its own time, new ones included', () => {
  const clock = manualClock()
  const seen: [string, number][] = []
  clock.setTimeout(() => seen.push(['late', clock.now()]), 300)
  clock.setTimeout(() => {
    seen.push(['early', clock.now()])
    clock.setTimeout(() => seen.push(['set on the way', clock.now()]), 100)
  }, 100)
  clock.advance(7_200_000)
  expect(seen).toEqual([
    ['early', 100],
    ['set on the way', 200],
    ['late', 300],
  ])
  expect(clock.now()).toBe(7_200_000)
})

test('timers due at the same time run in the order in which they were set', () => {
  const clock = manualClock()
  const seen: number[] = []
  for (const n of [1, 2, 3]) clock.setTimeout(() => seen.push(n), 10)
  clock.advance(10)
  expect(seen).toEqual([1, 2, 3])
})

test('a cleared timer never runs, even when another one due at the same time clears it', () => {
  const clock = manualClock()
  let ran = false
  clock.setTimeout(() => clock.clearTimeout(second), 10)
  const second = clock.setTimeout(() => {
    ran = true
  }, 10)
  clock.advance(20)
  expect(ran).toBe(false)
})
