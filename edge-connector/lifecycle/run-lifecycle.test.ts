import { expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { runLifecycle, type TimerEffect } from './run-lifecycle.ts'

type Event = { type: 'say'; word: string } | { type: 'arm'; ms: number } | { type: 'disarm' }
type Effect = { type: 'echo'; word: string }

function begin() {
  const clock = createFakeClock()
  const heard: string[] = []
  const lifecycle = runLifecycle<string[], Event, Effect, 'bell'>({
    initial: [],
    clock,
    step(state, event) {
      const effects: (Effect | TimerEffect<'bell'>)[] = []
      if (event.type === 'arm') effects.push({ type: 'start-timer', timer: 'bell', ms: event.ms })
      else if (event.type === 'disarm') effects.push({ type: 'stop-timers' })
      else if (event.type === 'timer') return { state: [...state, 'rang'], effects }
      else {
        effects.push({ type: 'echo', word: `${event.word}-1` }, { type: 'echo', word: `${event.word}-2` })
        return { state: [...state, event.word], effects }
      }
      return { state, effects }
    },
    perform(effect) {
      heard.push(effect.word)
      if (effect.word === 'a-1') lifecycle.dispatch({ type: 'say', word: 'b' })
    },
  })
  return { clock, heard, lifecycle }
}

test('an event that an effect causes waits until the effects before it are done', () => {
  const { lifecycle, heard } = begin()
  lifecycle.dispatch({ type: 'say', word: 'a' })
  expect(heard).toEqual(['a-1', 'a-2', 'b-1', 'b-2'])
  expect(lifecycle.state()).toEqual(['a', 'b'])
})

test('a timer that is started again replaces itself; one that is stopped never rings', () => {
  const { lifecycle, clock } = begin()
  lifecycle.dispatch({ type: 'arm', ms: 10 })
  clock.advance(9)
  lifecycle.dispatch({ type: 'arm', ms: 10 })
  clock.advance(9)
  expect(lifecycle.state()).toEqual([])
  clock.advance(1)
  expect(lifecycle.state()).toEqual(['rang'])
  lifecycle.dispatch({ type: 'arm', ms: 10 })
  lifecycle.dispatch({ type: 'disarm' })
  clock.advance(100)
  expect(lifecycle.state()).toEqual(['rang'])
})
