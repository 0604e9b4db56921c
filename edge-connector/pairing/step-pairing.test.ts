import { expect, test } from 'vitest'
import type { PairingEffect, PairingEvent, PairingState } from './pairing-state.ts'
import { stepPairing } from './step-pairing.ts'

const MINUTE = 60_000
const unpaired: PairingEvent = { type: 'unpaired' }
const paired: PairingEvent = { type: 'paired' }
const down: PairingEvent = { type: 'down' }
const renew: PairingEvent = { type: 'timer', timer: 'renew' }
const noReply: PairingEvent = { type: 'timer', timer: 'reply' }

/** Feeds events at time 0 unless a number stands before one. `yes` and `no` answer the last request. */
function play(...script: (PairingEvent | number | 'yes' | 'no')[]) {
  let state: PairingState = { phase: 'idle' }
  let now = 0
  let made = 0
  let effects: readonly { readonly type: string }[] = []
  const all: { readonly type: string }[] = []
  for (const entry of script) {
    if (typeof entry === 'number') {
      now = entry
      continue
    }
    const id = state.phase === 'asking' ? state.id : ''
    const answers = {
      yes: { type: 'accepted', id, until: 1_000_000 + now, site: 'https://site' },
      no: { type: 'refused', id, why: 'the cloud answered no' },
    } as const
    const event: PairingEvent = typeof entry === 'string' ? answers[entry] : entry
    const fresh = () => {
      made += 1
      return `random-${made}`
    }
    const step = stepPairing(state, event, { now, random: 1, fresh })
    state = step.state
    effects = step.effects
    all.push(...effects)
  }
  return { state, effects, all, types: effects.map(({ type }) => type) }
}
const asked = (effects: readonly { readonly type: string }[]) =>
  (effects as readonly PairingEffect[]).flatMap((effect) => (effect.type === 'ask' ? [effect.secret] : []))
const shown = (effects: readonly { readonly type: string }[]) =>
  (effects as readonly PairingEffect[]).flatMap((effect) => (effect.type === 'show' ? [effect.code] : []))

test('[R39] an unpaired device makes a code, and shows it once the cloud has taken it', () => {
  expect(play(unpaired).effects).toEqual([
    { type: 'stop-timers' },
    { type: 'ask', id: 'random-2', secret: 'random-1' },
    { type: 'start-timer', timer: 'reply', ms: 10_000 },
  ])
  expect(play(unpaired, 1_000, 'yes').effects).toEqual([
    { type: 'stop-timer', timer: 'reply' },
    { type: 'start-timer', timer: 'renew', ms: 9.5 * MINUTE - 1_000 },
    {
      type: 'show',
      code: { secret: 'random-1', site: 'https://site', until: 1_000_000 + 1_000 - 30_000, pauseMs: 0 },
    },
  ])
})

test('[R39] a fresh code comes before the old one is over', () => {
  const { all } = play(unpaired, 'yes', 9.5 * MINUTE, renew, 'yes')
  expect(asked(all)).toEqual(['random-1', 'random-3'])
  expect(shown(all)).toHaveLength(2)
})

test('for an hour there is always a code, then one an hour, and its place is free meanwhile', () => {
  const rounds = [9.5, 19, 28.5, 38, 47.5, 57].flatMap((at) => [at * MINUTE, renew, 'yes'] as const)
  const hour = play(unpaired, 'yes', ...rounds)
  expect(shown(hour.all)).toHaveLength(7)
  expect(shown(hour.all).map(({ pauseMs }) => pauseMs / MINUTE)).toEqual([0, 0, 0, 0, 0, 0, 50])
  const rested = play(unpaired, 'yes', ...rounds, 66.5 * MINUTE, renew)
  expect(rested.types).toEqual(['stop-timers', 'rest'])
  expect(rested.effects).toContainEqual({
    type: 'rest',
    ms: 50 * MINUTE,
    why: 'nobody has claimed it for an hour',
  })
  const later = play(unpaired, 'yes', ...rounds, 66.5 * MINUTE, renew, down, 116.5 * MINUTE, unpaired, 'yes')
  expect(shown(later.effects)).toMatchObject([{ pauseMs: 50 * MINUTE }])
  const next = play(
    unpaired,
    'yes',
    ...rounds,
    66.5 * MINUTE,
    renew,
    down,
    116.5 * MINUTE,
    unpaired,
    'yes',
    126 * MINUTE,
    renew,
  )
  expect(next.types).toEqual(['stop-timers', 'rest'])
})

test('a lost line keeps the code that somebody may be typing, and shows it no second time', () => {
  const { all, effects } = play(unpaired, 'yes', 3 * MINUTE, down, 4 * MINUTE, unpaired, 'yes')
  expect(asked(all)).toEqual(['random-1', 'random-1'])
  expect(shown(all)).toHaveLength(1)
  expect(effects).toContainEqual({ type: 'start-timer', timer: 'renew', ms: 5.5 * MINUTE })
})

test('a code with less than two minutes to go is not kept', () => {
  expect(asked(play(unpaired, 'yes', down, 8 * MINUTE, unpaired).all)).toEqual(['random-1', 'random-3'])
})

test('[R10] an answer to an older request, or a second one, changes nothing', () => {
  const stale: PairingEvent = { type: 'accepted', id: 'other', until: 1, site: 'https://site' }
  expect(play(unpaired, stale).effects).toEqual([])
  expect(play(unpaired, 'yes', stale).effects).toEqual([])
  expect(play(unpaired, 'yes', 'no').effects).toEqual([])
})

test.each([
  ['is refused', 'no' as const, 'the cloud answered no'],
  ['is not answered', noReply, 'the cloud did not answer'],
])('a request that %s is tried again on a new connection, more and more rarely', (_, failure, why) => {
  const first = play(unpaired, failure)
  expect(first.effects).toContainEqual({ type: 'rest', ms: 10_000, why })
  const second = play(unpaired, failure, down, 10_000, unpaired, failure)
  expect(second.effects).toContainEqual({ type: 'rest', ms: 20_000, why })
  const accepted = play(unpaired, failure, down, 10_000, unpaired, 'yes', 570_000, renew, failure)
  expect(accepted.effects).toContainEqual({ type: 'rest', ms: 10_000, why })
})

test('[R40] once paired it says so, and nothing goes on', () => {
  expect(play(unpaired, 'yes', paired).types).toEqual(['stop-timers', 'tell-paired'])
  expect(play(unpaired, paired).types).toEqual(['stop-timers', 'tell-paired'])
  expect(play(unpaired, 'yes', down, paired).types).toEqual(['stop-timers', 'tell-paired'])
})

test('a device that is paired when it comes says nothing of it', () => {
  expect(play(paired).types).toEqual(['stop-timers'])
  expect(play(paired, down, paired).types).toEqual(['stop-timers'])
})

test('[R41] unpaired later, it waits anew, with a code of its own', () => {
  const { all, state } = play(unpaired, 'yes', paired, 500 * MINUTE, unpaired, 'yes')
  expect(asked(all)).toEqual(['random-1', 'random-3'])
  expect(state).toMatchObject({ phase: 'showing', since: 500 * MINUTE })
  expect(shown(all).map(({ pauseMs }) => pauseMs)).toEqual([0, 0])
})

test('once stopped, no timer is left', () => {
  expect(play(unpaired, 'yes', { type: 'stop' })).toMatchObject({
    state: { phase: 'idle' },
    types: ['stop-timers'],
  })
})
