import { expect, test } from 'vitest'
import {
  emptySchedule,
  type SchedulerEffect,
  type SchedulerEvent,
  stepSchedule,
} from './instance-scheduler.ts'

function play(limit: number, events: readonly SchedulerEvent[]) {
  let state = emptySchedule(limit)
  const effects: SchedulerEffect[][] = []
  for (const event of events) {
    const step = stepSchedule(state, event)
    state = step.state
    effects.push([...step.effects])
  }
  return { state, effects }
}

const invoke = (invocation: number, functionArn = 'a') =>
  ({ kind: 'invoke', invocation, functionArn }) as const
const finished = (instance: number, at = 0, reusable = true) =>
  ({ kind: 'finished', instance, reusable, at }) as const
const start = (instance: number, functionArn = 'a') => ({ kind: 'start', instance, functionArn }) as const
const run = (instance: number, invocation: number) => ({ kind: 'run', instance, invocation }) as const
const stop = (instance: number) => ({ kind: 'stop', instance }) as const

test('concurrent invocations get instances of their own', () => {
  expect(play(5, [invoke(1), invoke(2)]).effects).toEqual([
    [start(1), run(1, 1)],
    [start(2), run(2, 2)],
  ])
})

test('an idle instance is used again, the most recently used one first', () => {
  const { effects } = play(5, [
    invoke(1),
    invoke(2),
    finished(2),
    finished(1),
    invoke(3),
    finished(1),
    invoke(4),
  ])
  expect(effects[4]).toEqual([run(1, 3)])
  expect(effects[6]).toEqual([run(1, 4)])
})

test('an instance that broke is not used again', () => {
  expect(play(5, [invoke(1), finished(1, 0, false), invoke(2)]).effects[2]).toEqual([start(2), run(2, 2)])
})

test('beyond the limit invocations wait, the oldest is served first', () => {
  const { effects, state } = play(1, [invoke(1), invoke(2), invoke(3), finished(1), finished(1), finished(1)])
  expect(effects.slice(1)).toEqual([[], [], [run(1, 2)], [run(1, 3)], []])
  expect(state.waiting).toEqual([])
})

test('at the limit an idle instance of another function makes room', () => {
  const { effects } = play(1, [invoke(1, 'a'), invoke(2, 'b'), finished(1)])
  expect(effects[2]).toEqual([stop(1), start(2, 'b'), run(2, 2)])
})

test('only instances that were idle for long enough are reaped', () => {
  const events = [invoke(1), invoke(2), invoke(3), finished(1, 100), finished(2, 200)]
  const { effects, state } = play(5, [...events, { kind: 'reap', idleBefore: 150 }])
  expect(effects[5]).toEqual([stop(1)])
  expect(state.instances.map(({ id }) => id)).toEqual([3, 2])
})

test('what is said of an instance that was reaped changes nothing', () => {
  expect(play(5, [finished(7)]).effects).toEqual([[]])
})
