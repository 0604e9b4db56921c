import { describe, expect, it } from 'vitest'
import { nameEffect } from '../testing/name-effect.ts'
import { FRESH } from '../testing/scripted-credentials.ts'
import {
  type Attempt,
  BURST_MS,
  HURRIED_TIMEOUT_MS,
  HURRY_MS,
  IDLE_LINK,
  type Link,
  type LinkState,
  OPEN_TIMEOUT_MS,
  QUIET_MS,
  UNOPENED_PAUSE_MS,
  type WakeCause,
  WELCOME_TIMEOUT_MS,
  YOUNG_ATTEMPT_MS,
} from './link-state.ts'
import { stepLink } from './step-link.ts'

const NOW = 1_000_000

const heard = (agoMs: number): LinkState => ({ phase: 'welcomed', heardAt: NOW - agoMs, asked: 'no' })
const begun: Attempt = { phase: 'authorizing', attempt: 0, renewals: 0, since: NOW }
const BACKOFF: Attempt = { phase: 'backoff', attempt: 6 }
const tried = (agoMs: number): Attempt => ({
  phase: 'connecting',
  attempt: 6,
  renewals: 0,
  since: NOW - agoMs,
})

const ANEW = ['close-socket next', 'stop-timer attempt', 'stop-timer greet-next', 'get-credential']
const ROLL_OVER = ['stop-timer roll-over', ...ANEW]
const ASK = ['send-hello current', 'start-timer welcome', 'start-timer greet-current']
const LESS_TIME = ['start-timer attempt']

const YOUNG = tried(YOUNG_ATTEMPT_MS)
const OLDER = tried(YOUNG_ATTEMPT_MS + 1)
const HANGING = tried(HURRIED_TIMEOUT_MS + 1)

type Row = readonly [
  string,
  WakeCause,
  LinkState,
  Attempt | null,
  LinkState,
  Attempt | null,
  readonly string[],
]

const TABLE: readonly Row[] = [
  ['another network rolls over at once', 'network', heard(0), null, heard(0), begun, ROLL_OVER],
  [
    'a look at a page that was quiet rolls over',
    'visible',
    heard(QUIET_MS),
    null,
    heard(QUIET_MS),
    begun,
    ROLL_OVER,
  ],
  ['a look trusts what spoke just now', 'visible', heard(QUIET_MS - 1), null, heard(QUIET_MS - 1), null, []],
  ['the network ends a backoff', 'network', BACKOFF, null, begun, null, ANEW],
  ['a look ends a backoff', 'visible', BACKOFF, null, begun, null, ANEW],
  ['the network replaces an attempt of before', 'network', OLDER, null, begun, null, ANEW],
  ['the network gives a young attempt less time', 'network', YOUNG, null, YOUNG, null, LESS_TIME],
  ['a look gives an attempt less time', 'visible', OLDER, null, OLDER, null, LESS_TIME],
  ['a look replaces an attempt that hangs', 'visible', HANGING, null, begun, null, ANEW],
  ['the network ends the next one’s backoff', 'network', heard(0), BACKOFF, heard(0), begun, ANEW],
  ['the network replaces a next one of before', 'network', heard(0), OLDER, heard(0), begun, ANEW],
  ['a burst rolls over once', 'network', heard(0), YOUNG, heard(0), YOUNG, LESS_TIME],
  ['a burst waits for one credential', 'network', heard(0), begun, heard(0), begun, []],
  [
    'nothing wakes who is signed out',
    'network',
    { phase: 'signed-out' },
    null,
    { phase: 'signed-out' },
    null,
    [],
  ],
  ['nothing wakes a page that was left', 'network', { phase: 'idle' }, null, { phase: 'idle' }, null, []],
]

const wakeOf = (link: Link, cause: WakeCause) => stepLink(link, { type: 'wake', cause }, NOW)

describe('waking', () => {
  it.each(TABLE)('%s', (_title, cause, state, next, after, nextAfter, effects) => {
    const step = wakeOf({ ...IDLE_LINK, state, next }, cause)
    expect([step.state.state, step.state.next]).toEqual([after, nextAfter])
    expect(step.effects.map(nameEffect)).toEqual(effects)
  })

  it('only asks a connection that is younger than a burst of events', () => {
    const young: Link = { ...IDLE_LINK, state: heard(0), welcomedAt: NOW - BURST_MS + 1 }
    const step = wakeOf(young, 'network')
    expect(step.effects).toContainEqual({ type: 'start-timer', timer: 'welcome', ms: HURRIED_TIMEOUT_MS })
    expect(step.effects.map(nameEffect)).toEqual(ASK)
    expect(wakeOf({ ...young, welcomedAt: NOW - BURST_MS }, 'network').state.next).toEqual(begun)
  })

  it.each([
    [HURRY_MS - 1, HURRIED_TIMEOUT_MS, HURRIED_TIMEOUT_MS],
    [HURRY_MS, OPEN_TIMEOUT_MS, WELCOME_TIMEOUT_MS],
  ])('after %i ms an attempt may take %i ms to open and %i ms to be welcomed', (later, opens, greets) => {
    const { state } = wakeOf({ ...IDLE_LINK, state: BACKOFF }, 'network')
    const at = NOW + later
    const opening = stepLink(state, { type: 'credential', answer: FRESH }, at)
    expect(opening.effects).toContainEqual({ type: 'start-timer', timer: 'attempt', ms: opens })
    const greeting = stepLink(opening.state, { type: 'opened', on: 'next' }, at)
    expect(greeting.effects).toContainEqual({ type: 'start-timer', timer: 'attempt', ms: greets })
  })

  it.each([
    ['fails at once follows another after 700 ms', 0, 700],
    ['takes longer to fail follows another at once', 800, 0],
  ])('for a while has it that who %s', (_title, tookMs, ms) => {
    const { state } = wakeOf({ ...IDLE_LINK, state: BACKOFF }, 'network')
    const failed = stepLink({ ...state, state: tried(0) }, { type: 'closed', on: 'next' }, NOW + tookMs)
    expect(failed.effects).toContainEqual({ type: 'start-timer', timer: 'attempt', ms })
  })

  it('has the pauses grow after that', () => {
    const { state } = wakeOf({ ...IDLE_LINK, state: BACKOFF }, 'network')
    const tired: Link = { ...state, state: { ...tried(0), attempt: 6 } }
    const failed = stepLink(tired, { type: 'closed', on: 'next' }, NOW + HURRY_MS)
    const pause = { type: 'start-backoff', timer: 'attempt', attempt: 6, longestMs: UNOPENED_PAUSE_MS }
    expect(failed.effects).toContainEqual(pause)
  })

  it('is over with the welcome', () => {
    const { state } = wakeOf({ ...IDLE_LINK, state: BACKOFF }, 'network')
    const greeting: Link = { ...state, state: { ...begun, phase: 'greeting', asked: 'once' } }
    expect(stepLink(greeting, { type: 'welcome', on: 'next' }, NOW).state.hurryUntil).toBe(0)
  })
})
