import { expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { hearOut } from './hear-out.ts'

function begin() {
  const clock = createFakeClock()
  const done: number[] = []
  return { clock, done, hearing: hearOut(clock, () => done.push(clock.now())) }
}

test('[R46] it is done after 15 s without a word', () => {
  const { clock, done, hearing } = begin()
  clock.advance(14_999)
  hearing.heard()
  clock.advance(14_999)
  expect(done).toEqual([])
  clock.advance(1)
  expect(done).toEqual([29_999])
  expect(clock.waiting()).toEqual([])
})

test('[R46] it is done after a minute in any case', () => {
  const { clock, done, hearing } = begin()
  for (let n = 0; n < 12; n += 1) {
    clock.advance(5_000)
    hearing.heard()
  }
  expect(done).toEqual([60_000])
})

test('cancelled, it leaves no timer', () => {
  const { clock, hearing } = begin()
  hearing.cancel()
  expect(clock.waiting()).toEqual([])
})
