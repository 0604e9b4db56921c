import { describe, expect, it } from 'vitest'
import { nameEffect } from '../testing/name-effect.ts'
import { FRESH } from '../testing/scripted-credentials.ts'
import { type Attempt, IDLE_LINK, type Link, type LinkEvent, type LinkState } from './link-state.ts'
import { stepLink } from './step-link.ts'

const NOW = 1_000_000

const WELCOMED: LinkState = { phase: 'welcomed', heardAt: NOW - 100, asked: 'no' }
const ASKED: LinkState = { ...WELCOMED, asked: 'once' }
const TRYING = { attempt: 1, renewals: 0, since: NOW - 100 } as const
const AUTHORIZING: Attempt = { ...TRYING, phase: 'authorizing' }
const CONNECTING: Attempt = { ...TRYING, phase: 'connecting' }
const GREETING: Attempt = { ...TRYING, phase: 'greeting', asked: 'once' }
const BACKOFF: Attempt = { phase: 'backoff', attempt: 2 }
const begun = (attempt: number, renewals = 0): Attempt => ({
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

const DROP_NEXT = ['close-socket next', 'stop-timer attempt', 'stop-timer greet-next']
const CLOSE = ['close-socket next', 'close-socket current', 'close-socket old', 'stop-timers']
const DOUBT = ['send-hello current', 'start-timer welcome', 'start-timer greet-current']
const DROP_WELCOMED = [
  'close-socket current',
  ...['hello', 'welcome', 'greet-current', 'roll-over'].map((one) => `stop-timer ${one}`),
  'close-socket old',
  ...['old-quiet', 'old-limit'].map((one) => `stop-timer ${one}`),
]
const TAKE_OVER = [
  'promote',
  ...['attempt', 'greet-next', 'greet-current', 'welcome', 'roll-over'].map((one) => `stop-timer ${one}`),
  'start-timer hello',
]
const FADE = ['start-timer old-quiet', 'start-timer old-limit', 'tell-moved']

type Row = readonly [
  string,
  readonly [LinkState, Attempt | null],
  LinkEvent,
  readonly [LinkState, Attempt | null],
  readonly string[],
]

const TABLE: readonly Row[] = [
  [
    'begins when the welcome said so',
    [WELCOMED, null],
    timer('roll-over'),
    [WELCOMED, begun(0)],
    ['stop-timer roll-over', ...DROP_NEXT, 'get-credential'],
  ],
  ['is made once at a time', [WELCOMED, CONNECTING], timer('roll-over'), [WELCOMED, CONNECTING], []],
  [
    '[R29] has a credential of its own',
    [WELCOMED, AUTHORIZING],
    { type: 'credential', answer: FRESH },
    [WELCOMED, CONNECTING],
    ['open-socket', 'start-timer attempt'],
  ],
  [
    '[R3] says hello once its socket is open',
    [WELCOMED, CONNECTING],
    { type: 'opened', on: 'next' },
    [WELCOMED, GREETING],
    ['send-hello next', 'start-timer attempt', 'start-timer greet-next'],
  ],
  [
    'is the current one once it is welcomed, and the calls are told',
    [WELCOMED, GREETING],
    { type: 'welcome', on: 'next', rollOverMs: 5 },
    [{ ...WELCOMED, heardAt: NOW }, null],
    [...TAKE_OVER, 'start-timer roll-over', ...FADE],
  ],
  [
    'that was welcomed asks again for what its welcome may not tell',
    [WELCOMED, { ...GREETING, asked: 'again' }],
    { type: 'welcome', on: 'next' },
    [{ ...ASKED, heardAt: NOW }, null],
    [...TAKE_OVER, ...DOUBT, ...FADE],
  ],
  [
    'is what has to know the newest',
    [WELCOMED, GREETING],
    { type: 'refresh' },
    [WELCOMED, { ...GREETING, asked: 'again' }],
    [],
  ],
  ['is not asked before it can be', [WELCOMED, CONNECTING], { type: 'refresh' }, [ASKED, CONNECTING], DOUBT],
  [
    'is tried again when its socket does not open, while the current one is asked whether it lives',
    [WELCOMED, CONNECTING],
    { type: 'closed', on: 'next' },
    [ASKED, BACKOFF],
    [...DROP_NEXT, 'start-backoff attempt', ...DOUBT],
  ],
  [
    'does not have it asked twice',
    [ASKED, CONNECTING],
    timer('attempt'),
    [ASKED, BACKOFF],
    [...DROP_NEXT, 'start-backoff attempt'],
  ],
  [
    'is tried again when the issuer cannot be reached',
    [WELCOMED, AUTHORIZING],
    { type: 'credential', answer: { kind: 'later' } },
    [ASKED, BACKOFF],
    [...DROP_NEXT, 'start-backoff attempt', ...DOUBT],
  ],
  [
    'begins anew after its backoff',
    [WELCOMED, BACKOFF],
    timer('attempt'),
    [WELCOMED, begun(2)],
    [...DROP_NEXT, 'get-credential'],
  ],
  [
    'says hello again when the cloud failed at it',
    [WELCOMED, GREETING],
    onNext('internal'),
    [WELCOMED, GREETING],
    ['start-backoff greet-next'],
  ],
  [
    '[R30] shows a fresh token when the first was too old',
    [WELCOMED, GREETING],
    onNext('token-expired'),
    [WELCOMED, begun(1, 1)],
    [...DROP_NEXT, 'get-credential'],
  ],
  [
    'is tried later when the fresh ones are too old as well, and nobody is signed out before the time',
    [WELCOMED, { ...GREETING, renewals: 2 }],
    onNext('token-expired'),
    [ASKED, BACKOFF],
    [...DROP_NEXT, 'start-backoff attempt', ...DOUBT],
  ],
  [
    'is tried later when there is no credential',
    [WELCOMED, AUTHORIZING],
    { type: 'credential', answer: { kind: 'none' } },
    [ASKED, BACKOFF],
    [...DROP_NEXT, 'start-backoff attempt', ...DOUBT],
  ],
  [
    '[R6] is tried later when its version is spoken no more',
    [WELCOMED, GREETING],
    onNext('unsupported-version'),
    [ASKED, BACKOFF],
    [...DROP_NEXT, 'start-backoff attempt', ...DOUBT],
  ],
  [
    '[R36] takes the link down when the person has signed out everywhere',
    [WELCOMED, GREETING],
    onNext('signed-out'),
    [{ phase: 'signed-out' }, null],
    [...CLOSE, 'credential-refused'],
  ],
  ...['link-expired', 'link-revoked'].map(
    (code): Row => [
      `[R36] takes the link down when the guest hears ${code}`,
      [WELCOMED, GREETING],
      onNext(code),
      [{ phase: 'refused', code }, null],
      CLOSE,
    ],
  ),
  [
    'is the ordinary attempt when the current one ends',
    [WELCOMED, CONNECTING],
    { type: 'closed', on: 'current' },
    [CONNECTING, null],
    DROP_WELCOMED,
  ],
  [
    'is that as well when the current one does not answer',
    [ASKED, GREETING],
    timer('welcome'),
    [GREETING, null],
    DROP_WELCOMED,
  ],
  [
    'that rests is begun anew when the current one ends',
    [WELCOMED, { phase: 'backoff', attempt: 7 }],
    { type: 'closed', on: 'current' },
    [{ phase: 'backoff', attempt: 1 }, null],
    [...DROP_WELCOMED, ...DROP_NEXT, 'start-backoff attempt'],
  ],
  [
    'is closed with all the others when the page is left',
    [WELCOMED, GREETING],
    { type: 'stop' },
    [{ phase: 'idle' }, null],
    CLOSE,
  ],
  [
    'leaves the time of its own end to the welcome that it gets',
    [ASKED, CONNECTING],
    { type: 'welcome', on: 'current', rollOverMs: 5 },
    [{ ...WELCOMED, heardAt: NOW }, CONNECTING],
    ['stop-timer welcome', 'stop-timer greet-current', 'start-timer hello'],
  ],
]

const linkOf = ([state, next]: readonly [LinkState, Attempt | null]): Link => ({ ...IDLE_LINK, state, next })

describe('[R46] the next connection', () => {
  it.each(TABLE)('%s', (_title, before, event, after, effects) => {
    const step = stepLink(linkOf(before), event, NOW)
    expect([step.state.state, step.state.next]).toEqual(after)
    expect(step.effects.map(nameEffect)).toEqual(effects)
  })

  it('comes when each welcome says, the last one counting', () => {
    const { state, effects } = stepLink(
      linkOf([WELCOMED, null]),
      { type: 'welcome', on: 'current', rollOverMs: 9 },
      NOW,
    )
    expect(effects).toContainEqual({ type: 'start-timer', timer: 'roll-over', ms: 9 })
    expect(state.next).toBeNull()
  })
})
