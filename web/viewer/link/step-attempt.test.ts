import { describe, expect, it } from 'vitest'
import { nameEffect } from '../testing/name-effect.ts'
import { FRESH } from '../testing/scripted-credentials.ts'
import {
  FAILED_PAUSE_MS,
  IDLE_LINK,
  type LinkEvent,
  type LinkState,
  UNOPENED_PAUSE_MS,
} from './link-state.ts'
import { stepLink } from './step-link.ts'

const NOW = 1_000_000

const TRYING = { attempt: 2, renewals: 0, since: NOW - 100 } as const
const AUTHORIZING: LinkState = { ...TRYING, phase: 'authorizing' }
const CONNECTING: LinkState = { ...TRYING, phase: 'connecting' }
const GREETING: LinkState = { ...TRYING, phase: 'greeting', asked: 'once' }
const SIGNED_OUT: LinkState = { phase: 'signed-out' }
const WELCOMED: LinkState = { phase: 'welcomed', heardAt: NOW - 100, asked: 'no' }
const BACKOFF: LinkState = { phase: 'backoff', attempt: 3 }
const REFUSED: LinkState = { phase: 'refused', code: 'unsupported-version' }
/** An attempt that has just begun. */
const begun = (attempt: number, renewals = 0): LinkState => ({
  phase: 'authorizing',
  attempt,
  renewals,
  since: NOW,
})

const timer = (name: Extract<LinkEvent, { type: 'timer' }>['timer']): LinkEvent => ({
  type: 'timer',
  timer: name,
})
const onNext = (code: string): LinkEvent => ({ type: 'error', on: 'next', code })

const CLOSE = ['close-socket next', 'close-socket current', 'close-socket old', 'stop-timers']
const DROP_ATTEMPT = ['close-socket next', 'stop-timer attempt', 'stop-timer greet-next']

type Row = readonly [string, LinkState, LinkEvent, LinkState, readonly string[]]

const TABLE: readonly Row[] = [
  [
    'opens a socket with it',
    AUTHORIZING,
    { type: 'credential', answer: FRESH },
    CONNECTING,
    ['open-socket', 'start-timer attempt'],
  ],
  [
    'rests while nobody is signed in',
    AUTHORIZING,
    { type: 'credential', answer: { kind: 'none' } },
    SIGNED_OUT,
    CLOSE,
  ],
  [
    'tries later when the issuer cannot be reached',
    AUTHORIZING,
    { type: 'credential', answer: { kind: 'later' } },
    BACKOFF,
    [...DROP_ATTEMPT, 'start-backoff attempt'],
  ],
  [
    'takes no credential that it did not ask for',
    BACKOFF,
    { type: 'credential', answer: FRESH },
    BACKOFF,
    [],
  ],
  [
    '[R30] has a token that was too old renewed',
    GREETING,
    onNext('token-expired'),
    begun(2, 1),
    [...DROP_ATTEMPT, 'get-credential'],
  ],
  [
    '[R30] renews it once more, for the page may have slept meanwhile',
    { ...GREETING, renewals: 1 },
    onNext('token-expired'),
    begun(2, 2),
    [...DROP_ATTEMPT, 'get-credential'],
  ],
  [
    '[R30] renews twice: another fresh token that is too old ends it',
    { ...GREETING, renewals: 2 },
    onNext('token-expired'),
    SIGNED_OUT,
    [...CLOSE, 'credential-refused'],
  ],
  [
    '[R30] says that the link is too old',
    GREETING,
    onNext('link-expired'),
    { phase: 'refused', code: 'link-expired' },
    CLOSE,
  ],
  [
    '[R33] says that it is not allowed',
    GREETING,
    onNext('not-allowed'),
    { phase: 'refused', code: 'not-allowed' },
    CLOSE,
  ],
  [
    '[R3] says hello once the socket is open',
    CONNECTING,
    { type: 'opened', on: 'next' },
    GREETING,
    ['send-hello next', 'start-timer attempt', 'start-timer greet-next'],
  ],
  [
    'gives up on a socket that does not open',
    CONNECTING,
    timer('attempt'),
    BACKOFF,
    [...DROP_ATTEMPT, 'start-backoff attempt'],
  ],
  [
    'backs off when refused in the handshake',
    CONNECTING,
    { type: 'closed', on: 'next' },
    BACKOFF,
    [...DROP_ATTEMPT, 'start-backoff attempt'],
  ],
  [
    'is up with the welcome, and says hello again in time',
    GREETING,
    { type: 'welcome', on: 'next' },
    { ...WELCOMED, heardAt: NOW },
    [
      'promote',
      ...['attempt', 'greet-next', 'greet-current', 'welcome', 'roll-over'].map((one) => `stop-timer ${one}`),
      'start-timer hello',
    ],
  ],
  [
    'does not wait for ever for a welcome',
    GREETING,
    timer('attempt'),
    BACKOFF,
    [...DROP_ATTEMPT, 'start-backoff attempt'],
  ],
  [
    'says hello again on the same socket when the cloud failed at it',
    GREETING,
    onNext('internal'),
    GREETING,
    ['start-backoff greet-next'],
  ],
  [
    'does so after a moment',
    GREETING,
    timer('greet-next'),
    GREETING,
    ['send-hello next', 'start-timer greet-next'],
  ],
  ['[R6] stops when its version is not spoken', GREETING, onNext('unsupported-version'), REFUSED, CLOSE],
  [
    'stops when its hello is not taken',
    GREETING,
    onNext('bad-message'),
    { phase: 'refused', code: 'bad-message' },
    CLOSE,
  ],
  ['connects after its backoff', BACKOFF, timer('attempt'), begun(3), [...DROP_ATTEMPT, 'get-credential']],
  ['backs off once for one loss', BACKOFF, { type: 'closed', on: 'next' }, BACKOFF, []],
  ['does not connect twice', CONNECTING, { type: 'start' }, CONNECTING, []],
]

describe('an attempt at a connection', () => {
  it.each(TABLE)('%s', (_title, before, event, after, effects) => {
    const step = stepLink({ ...IDLE_LINK, state: before }, event, NOW)
    expect(step.state.state).toEqual(after)
    expect(step.effects.map(nameEffect)).toEqual(effects)
    expect(step.state.next).toBeNull()
  })

  it.each([
    ['never opened', CONNECTING, UNOPENED_PAUSE_MS],
    ['was opened, but not welcomed', GREETING, FAILED_PAUSE_MS],
  ])('pauses only as long after a socket that %s', (_title, before, longestMs) => {
    const { effects } = stepLink({ ...IDLE_LINK, state: before }, { type: 'closed', on: 'next' }, NOW)
    expect(effects.at(-1)).toMatchObject({ type: 'start-backoff', longestMs })
  })
})
