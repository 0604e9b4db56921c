import { expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { afterFirstLook } from './first-look.ts'

function begin() {
  const clock = createFakeClock()
  const { promise, resolve } = Promise.withResolvers<void>()
  let begun = 0
  const cancel = afterFirstLook(promise, clock, () => {
    begun += 1
  })
  const look = async () => {
    resolve()
    await promise
  }
  return { clock, look, cancel, begun: () => begun }
}

test('it begins once every camera has been looked for, and not a second time', async () => {
  const { clock, look, begun } = begin()
  expect(begun()).toBe(0)
  await look()
  expect(begun()).toBe(1)
  expect(clock.waiting()).toEqual([])
})

test('a camera that does not answer holds it up for 300 ms at most', async () => {
  const { clock, look, begun } = begin()
  clock.advance(299)
  expect(begun()).toBe(0)
  clock.advance(1)
  expect(begun()).toBe(1)
  await look()
  expect(begun()).toBe(1)
})

test('given up, it never begins', async () => {
  const { clock, look, cancel, begun } = begin()
  cancel()
  await look()
  clock.advance(1_000)
  expect(begun()).toBe(0)
})
