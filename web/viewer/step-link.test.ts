import { describe, expect, it } from 'vitest'
import { type LinkEvent, type LinkState, QUIET_MS, stepLink } from './step-link.ts'
import { FRESH } from './testing/scripted-credentials.ts'

const IDLE: LinkState = { phase: 'idle' }
const AUTHORIZING: LinkState = { phase: 'authorizing', attempt: 2, renewed: false }
const CONNECTING: LinkState = { ...AUTHORIZING, phase: 'connecting' }
const GREETING: LinkState = { ...AUTHORIZING, phase: 'greeting', asked: 'once' }
const SIGNED_OUT: LinkState = { phase: 'signed-out' }
const WELCOMED: LinkState = { phase: 'welcomed', heardAt: 0, asked: 'no' }
const BACKOFF: LinkState = { phase: 'backoff', attempt: 3 }
const REFUSED: LinkState = { phase: 'refused', code: 'unsupported-version' }

const timer = (name: 'open' | 'welcome' | 'hello' | 'retry'): LinkEvent => ({ type: 'timer', timer: name })
const error = (code: string): LinkEvent => ({ type: 'error', code })
const awake: LinkEvent = { type: 'wake', now: QUIET_MS }

type Row = readonly [string, LinkState, LinkEvent, LinkState, readonly string[]]

const TABLE: readonly Row[] = [
  [
    '[R29] asks for a credential at the start',
    IDLE,
    { type: 'start' },
    { ...AUTHORIZING, attempt: 0 },
    ['get-credential'],
  ],
  ['opens a socket with it', AUTHORIZING, { type: 'credential', answer: FRESH }, CONNECTING, ['open-socket']],
  [
    'rests while nobody is signed in',
    AUTHORIZING,
    { type: 'credential', answer: { kind: 'none' } },
    SIGNED_OUT,
    [],
  ],
  [
    'begins when somebody has signed in',
    SIGNED_OUT,
    { type: 'start' },
    { ...AUTHORIZING, attempt: 0 },
    ['get-credential'],
  ],
  ['does not begin by itself when nobody is signed in', SIGNED_OUT, awake, SIGNED_OUT, []],
  [
    'tries later when the issuer cannot be reached',
    AUTHORIZING,
    { type: 'credential', answer: { kind: 'later' } },
    BACKOFF,
    ['start-backoff'],
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
    error('token-expired'),
    { ...AUTHORIZING, renewed: true },
    ['close-socket', 'get-credential'],
  ],
  [
    '[R30] renews once: a fresh token that is too old ends it',
    { ...GREETING, renewed: true },
    error('token-expired'),
    SIGNED_OUT,
    ['close-socket', 'credential-refused'],
  ],
  [
    '[R36] renews nothing for who has signed out everywhere',
    WELCOMED,
    error('signed-out'),
    SIGNED_OUT,
    ['close-socket', 'credential-refused'],
  ],
  [
    '[R30] says that the link is too old',
    GREETING,
    error('link-expired'),
    { phase: 'refused', code: 'link-expired' },
    ['close-socket'],
  ],
  [
    '[R36] says that the link was taken back',
    WELCOMED,
    error('link-revoked'),
    { phase: 'refused', code: 'link-revoked' },
    ['close-socket'],
  ],
  [
    '[R33] says that it is not allowed',
    GREETING,
    error('not-allowed'),
    { phase: 'refused', code: 'not-allowed' },
    ['close-socket'],
  ],
  ['hears no late error once it rests', SIGNED_OUT, error('unsupported-version'), SIGNED_OUT, []],
  ['[R3] says hello once the socket is open', CONNECTING, { type: 'opened' }, GREETING, ['send-hello']],
  [
    'gives up on a socket that does not open',
    CONNECTING,
    timer('open'),
    BACKOFF,
    ['close-socket', 'start-backoff'],
  ],
  ['backs off when refused in the handshake', CONNECTING, { type: 'closed' }, BACKOFF, ['start-backoff']],
  [
    'is up with the welcome',
    GREETING,
    { type: 'welcome', now: 7 },
    { ...WELCOMED, heardAt: 7 },
    ['start-timer'],
  ],
  [
    'does not wait for ever for a welcome',
    GREETING,
    timer('welcome'),
    BACKOFF,
    ['close-socket', 'start-backoff'],
  ],
  ['tries again when the cloud failed at the hello', GREETING, error('internal'), BACKOFF, ['start-backoff']],
  [
    '[R6] stops when its version is not spoken',
    GREETING,
    error('unsupported-version'),
    REFUSED,
    ['close-socket'],
  ],
  [
    'stops when its hello is not taken',
    GREETING,
    error('bad-message'),
    { phase: 'refused', code: 'bad-message' },
    [],
  ],
  [
    '[R28] says hello again in time',
    WELCOMED,
    timer('hello'),
    { ...WELCOMED, asked: 'once' },
    ['send-hello'],
  ],
  [
    'counts attempts anew after a welcome',
    WELCOMED,
    { type: 'closed' },
    { phase: 'backoff', attempt: 1 },
    [],
  ],
  ['goes on after an error of no call', WELCOMED, error('internal'), WELCOMED, []],
  ['goes on after an unknown error of no call', WELCOMED, error('newer-code'), WELCOMED, []],
  [
    'stops at an error that ends connections',
    WELCOMED,
    error('unsupported-version'),
    REFUSED,
    ['close-socket'],
  ],
  ['asks a quiet socket whether it lives', WELCOMED, awake, { ...WELCOMED, asked: 'once' }, ['send-hello']],
  [
    'trusts a socket that spoke just now',
    { ...WELCOMED, heardAt: 1 },
    awake,
    { ...WELCOMED, heardAt: 1 },
    [],
  ],
  ['notes when it heard', WELCOMED, { type: 'heard', now: 9 }, { ...WELCOMED, heardAt: 9 }, []],
  [
    '[R26] asks for what a welcome tells',
    WELCOMED,
    { type: 'refresh' },
    { ...WELCOMED, asked: 'once' },
    ['send-hello'],
  ],
  ['connects after its backoff', BACKOFF, timer('retry'), { ...AUTHORIZING, attempt: 3 }, ['get-credential']],
  ['connects at once when awake', BACKOFF, awake, { ...AUTHORIZING, attempt: 3 }, ['get-credential']],
  ['backs off once for one loss', BACKOFF, { type: 'closed' }, BACKOFF, []],
  ['stays refused until a person acts', REFUSED, awake, REFUSED, []],
  [
    'tries again when a person acts',
    REFUSED,
    { type: 'start' },
    { ...AUTHORIZING, attempt: 0 },
    ['get-credential'],
  ],
  ['does not connect twice', CONNECTING, { type: 'start' }, CONNECTING, []],
  ['closes when the page is left', WELCOMED, { type: 'stop' }, IDLE, ['close-socket', 'stop-timers']],
]

describe('the link', () => {
  it.each(TABLE)('%s', (_title, before, event, after, effects) => {
    const step = stepLink(before, event)
    expect(step.state).toEqual(after)
    expect(step.effects.map(({ type }) => type)).toEqual(expect.arrayContaining([...effects]))
    if (effects.length === 0 && before === after) expect(step.effects).toEqual([])
  })

  it('[R26] asks once more when a welcome was already on its way, and only once', () => {
    const asked = stepLink({ ...WELCOMED, asked: 'once' }, { type: 'refresh' })
    expect(asked.effects).toEqual([])
    const again = stepLink(stepLink(asked.state, { type: 'refresh' }).state, { type: 'welcome', now: 7 })
    expect(again.effects.map(({ type }) => type)).toContain('send-hello')
    expect(stepLink(again.state, { type: 'welcome', now: 8 }).state).toMatchObject({ asked: 'no' })
  })

  it('ignores what fits no state', () => {
    const events: LinkEvent[] = [
      { type: 'opened' },
      { type: 'welcome', now: 1 },
      timer('hello'),
      { type: 'refresh' },
    ]
    for (const state of [IDLE, BACKOFF, REFUSED, SIGNED_OUT]) {
      for (const event of events) expect(stepLink(state, event)).toEqual({ state, effects: [] })
    }
  })
})
