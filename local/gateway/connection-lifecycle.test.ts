import { expect, test } from 'vitest'
import { type ConnectionEvent, type ConnectionState, stepConnection } from './connection-lifecycle.ts'

const MINUTES = 60_000
const connecting: ConnectionState = { kind: 'connecting' }
const open: ConnectionState = { kind: 'open', openedAt: 0, activeAt: 0 }
const closed: ConnectionState = { kind: 'closed' }
const left = { code: 1005, reason: 'left' }

const EVERY_EVENT: readonly ConnectionEvent[] = [
  { kind: 'accepted', at: 1 },
  { kind: 'refused' },
  { kind: 'message', at: 1 },
  { kind: 'binary' },
  { kind: 'too-large' },
  { kind: 'deleted' },
  { kind: 'client-gone', closing: left },
  { kind: 'timer', at: 999 * MINUTES },
]

test.each(EVERY_EVENT)('a closed connection stays closed and says nothing: $kind', (event) => {
  expect(stepConnection(closed, event)).toEqual({ state: closed, effects: [] })
})

test('an accepted connection sleeps until the idle limit', () => {
  expect(stepConnection(connecting, { kind: 'accepted', at: 5 })).toEqual({
    state: { kind: 'open', openedAt: 5, activeAt: 5 },
    effects: [{ kind: 'wake', at: 5 + 10 * MINUTES }],
  })
})

test('a refused connection ends without a word', () => {
  expect(stepConnection(connecting, { kind: 'refused' })).toEqual({ state: closed, effects: [] })
})

test('who left while connecting is disconnected once accepted', () => {
  const { state, effects } = stepConnection(connecting, { kind: 'client-gone', closing: left })
  expect(effects).toEqual([])
  expect(stepConnection(state, { kind: 'accepted', at: 5 })).toEqual({
    state: closed,
    effects: [{ kind: 'disconnected', closing: left }],
  })
})

test.each([
  ['binary', 1003],
  ['too-large', 1009],
  ['deleted', 1000],
] as const)('%s closes with %d, and the function is told', (kind, code) => {
  const closing = { code, reason: expect.any(String) }
  expect(stepConnection(open, { kind })).toEqual({
    state: closed,
    effects: [
      { kind: 'close', closing },
      { kind: 'disconnected', closing },
    ],
  })
})

test('a client that left is not closed again', () => {
  expect(stepConnection(open, { kind: 'client-gone', closing: left }).effects).toEqual([
    { kind: 'disconnected', closing: left },
  ])
})

test('the timer comes again for what was active meanwhile, at the end of the lifetime at the latest', () => {
  const active = (minutes: number): ConnectionState => ({
    kind: 'open',
    openedAt: 0,
    activeAt: minutes * MINUTES,
  })
  const timer: ConnectionEvent = { kind: 'timer', at: 100 * MINUTES }
  expect(stepConnection(active(95), timer).effects).toEqual([{ kind: 'wake', at: 105 * MINUTES }])
  expect(stepConnection(active(115), timer).effects).toEqual([{ kind: 'wake', at: 120 * MINUTES }])
  expect(stepConnection(active(90), timer).effects).toMatchObject([
    { kind: 'close' },
    { kind: 'disconnected' },
  ])
})
