import { describe, expect, it } from 'vitest'
import { type LinkEvent, type LinkState, QUIET_MS, stepLink } from './step-link.ts'

const IDLE: LinkState = { phase: 'idle' }
const CONNECTING: LinkState = { phase: 'connecting', attempt: 2 }
const GREETING: LinkState = { phase: 'greeting', attempt: 2, asked: 'once' }
const WELCOMED: LinkState = { phase: 'welcomed', heardAt: 0, asked: 'no' }
const BACKOFF: LinkState = { phase: 'backoff', attempt: 3 }
const REFUSED: LinkState = { phase: 'refused', code: 'unsupported-version' }

const timer = (name: 'open' | 'welcome' | 'hello' | 'retry'): LinkEvent => ({ type: 'timer', timer: name })
const error = (code: string): LinkEvent => ({ type: 'error', code })
const awake: LinkEvent = { type: 'wake', now: QUIET_MS }

type Row = readonly [string, LinkState, LinkEvent, LinkState, readonly string[]]

const TABLE: readonly Row[] = [
  [
    'opens a socket at the start',
    IDLE,
    { type: 'start' },
    { phase: 'connecting', attempt: 0 },
    ['open-socket'],
  ],
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
  [
    'connects after its backoff',
    BACKOFF,
    timer('retry'),
    { phase: 'connecting', attempt: 3 },
    ['open-socket'],
  ],
  ['connects at once when awake', BACKOFF, awake, { phase: 'connecting', attempt: 3 }, ['open-socket']],
  ['backs off once for one loss', BACKOFF, { type: 'closed' }, BACKOFF, []],
  ['stays refused until a person acts', REFUSED, awake, REFUSED, []],
  [
    'tries again when a person acts',
    REFUSED,
    { type: 'start' },
    { phase: 'connecting', attempt: 0 },
    ['open-socket'],
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
    for (const state of [IDLE, BACKOFF, REFUSED]) {
      for (const event of events) expect(stepLink(state, event)).toEqual({ state, effects: [] })
    }
  })
})
