import { describe, expect, it } from 'vitest'
import { nameEffect } from '../testing/name-effect.ts'
import { IDLE_LINK, type Link, type LinkEvent, type LinkState } from './link-state.ts'
import { stepLink } from './step-link.ts'

const NOW = 1_000_000

const IDLE: LinkState = { phase: 'idle' }
const TRYING = { attempt: 2, renewals: 0, since: NOW - 100 } as const
const GREETING: LinkState = { ...TRYING, phase: 'greeting', asked: 'once' }
const SIGNED_OUT: LinkState = { phase: 'signed-out' }
const WELCOMED: LinkState = { phase: 'welcomed', heardAt: NOW - 100, asked: 'no' }
const ASKED: LinkState = { ...WELCOMED, asked: 'once' }
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
const onCurrent = (code: string): LinkEvent => ({ type: 'error', on: 'current', code })
const lookedAt: LinkEvent = { type: 'wake', cause: 'visible' }

const CLOSE = ['close-socket next', 'close-socket current', 'close-socket old', 'stop-timers']
const DROP_ATTEMPT = ['close-socket next', 'stop-timer attempt', 'stop-timer greet-next']
const DROP_WELCOMED = [
  'close-socket current',
  'stop-timer hello',
  'stop-timer welcome',
  'stop-timer greet-current',
  'stop-timer roll-over',
  'close-socket old',
  'stop-timer old-quiet',
  'stop-timer old-limit',
]
const GREET = ['send-hello current', 'start-timer welcome', 'start-timer greet-current']

type Row = readonly [string, LinkState, LinkEvent, LinkState, readonly string[]]

const TABLE: readonly Row[] = [
  [
    '[R29] asks for a credential at the start',
    IDLE,
    { type: 'start' },
    begun(0),
    [...DROP_WELCOMED, ...DROP_ATTEMPT, 'get-credential'],
  ],
  [
    'begins when somebody has signed in',
    SIGNED_OUT,
    { type: 'start' },
    begun(0),
    [...DROP_WELCOMED, ...DROP_ATTEMPT, 'get-credential'],
  ],
  ['does not begin by itself when nobody is signed in', SIGNED_OUT, lookedAt, SIGNED_OUT, []],
  [
    '[R36] renews nothing for who has signed out everywhere',
    WELCOMED,
    onCurrent('signed-out'),
    SIGNED_OUT,
    [...CLOSE, 'credential-refused'],
  ],
  [
    '[R36] says that the link was taken back',
    WELCOMED,
    onCurrent('link-revoked'),
    { phase: 'refused', code: 'link-revoked' },
    CLOSE,
  ],
  ['hears no late error once it rests', SIGNED_OUT, onNext('unsupported-version'), SIGNED_OUT, []],
  ['[R28] says hello again in time', WELCOMED, timer('hello'), ASKED, GREET],
  [
    'says it once more when the cloud failed at it',
    ASKED,
    onCurrent('internal'),
    ASKED,
    ['start-backoff greet-current'],
  ],
  [
    'does that after a moment',
    ASKED,
    timer('greet-current'),
    ASKED,
    ['send-hello current', 'start-timer greet-current'],
  ],
  ['says it to nobody who has answered meanwhile', WELCOMED, timer('greet-current'), WELCOMED, []],
  [
    'counts attempts anew after a welcome',
    WELCOMED,
    { type: 'closed', on: 'current' },
    { phase: 'backoff', attempt: 1 },
    [...DROP_WELCOMED, ...DROP_ATTEMPT, 'start-backoff attempt'],
  ],
  [
    'is lost when a hello is not answered',
    ASKED,
    timer('welcome'),
    { phase: 'backoff', attempt: 1 },
    [...DROP_WELCOMED, ...DROP_ATTEMPT, 'start-backoff attempt'],
  ],
  ['goes on after an error of no call', WELCOMED, onCurrent('internal'), WELCOMED, []],
  ['goes on after an unknown error of no call', WELCOMED, onCurrent('newer-code'), WELCOMED, []],
  ['stops at an error that ends connections', WELCOMED, onCurrent('unsupported-version'), REFUSED, CLOSE],
  [
    'shows a fresh token to who finds this one too old while it is up',
    WELCOMED,
    onCurrent('token-expired'),
    begun(0, 1),
    [...DROP_WELCOMED, ...DROP_ATTEMPT, 'get-credential'],
  ],
  ['notes when it heard', WELCOMED, { type: 'heard', on: 'current' }, { ...WELCOMED, heardAt: NOW }, []],
  ['[R26] asks for what a welcome tells', WELCOMED, { type: 'refresh' }, ASKED, GREET],
  ['stays refused until a person acts', REFUSED, lookedAt, REFUSED, []],
  [
    'tries again when a person acts',
    REFUSED,
    { type: 'start' },
    begun(0),
    [...DROP_WELCOMED, ...DROP_ATTEMPT, 'get-credential'],
  ],
  ['closes when the page is left', WELCOMED, { type: 'stop' }, IDLE, CLOSE],
]

const linkOf = (state: LinkState): Link => ({ ...IDLE_LINK, state })

describe('the link', () => {
  it.each(TABLE)('%s', (_title, before, event, after, effects) => {
    const step = stepLink(linkOf(before), event, NOW)
    expect(step.state.state).toEqual(after)
    expect(step.effects.map(nameEffect)).toEqual(effects)
    expect(step.state.next).toBeNull()
  })

  it('[R26] asks once more when a welcome was already on its way, and only once', () => {
    const refresh: LinkEvent = { type: 'refresh' }
    const welcome: LinkEvent = { type: 'welcome', on: 'current' }
    const asked = stepLink(linkOf(ASKED), refresh, NOW)
    expect(asked.effects).toEqual([])
    const again = stepLink(stepLink(asked.state, refresh, NOW).state, welcome, NOW)
    expect(again.effects.map(nameEffect)).toEqual(GREET)
    const settled = stepLink(again.state, welcome, NOW)
    expect(settled.state.state).toMatchObject({ asked: 'no' })
    expect(settled.effects.map(nameEffect)).toEqual([
      'stop-timer welcome',
      'stop-timer greet-current',
      'start-timer hello',
    ])
  })

  it('[R28] asks before the gateway closes an idle connection', () => {
    const { effects } = stepLink(linkOf(GREETING), { type: 'welcome', on: 'next' }, NOW)
    expect(effects).toContainEqual({ type: 'start-timer', timer: 'hello', ms: 540_000 })
  })

  it('ignores what fits no state', () => {
    const events: LinkEvent[] = [
      { type: 'opened', on: 'next' },
      { type: 'opened', on: 'current' },
      { type: 'welcome', on: 'next' },
      { type: 'welcome', on: 'current' },
      { type: 'heard', on: 'current' },
      { type: 'closed', on: 'current' },
      onCurrent('signed-out'),
      timer('hello'),
      timer('welcome'),
      timer('greet-next'),
      timer('greet-current'),
      timer('roll-over'),
      { type: 'refresh' },
    ]
    for (const state of [IDLE, BACKOFF, REFUSED, SIGNED_OUT]) {
      for (const event of events) {
        expect(stepLink(linkOf(state), event, NOW)).toEqual({ state: linkOf(state), effects: [] })
      }
    }
  })
})
