import { errorRule } from '../../protocol/error-codes.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { type BackoffPolicy, backoffMs, LOST_POLICY, REFUSED_POLICY } from './backoff.ts'
import type {
  CloudTrouble,
  Conditions,
  LinkEvent,
  LinkState,
  LinkStep,
  LinkSurroundings,
  LinkTimer,
} from './link-state.ts'

const HANDSHAKE_TIMEOUT_MS = 10_000
const WELCOME_TIMEOUT_MS = 10_000
const PING_INTERVAL_MS = 30_000
/** Together with the interval: a dead line is noticed within 45 s. */
const PONG_TIMEOUT_MS = 15_000
/** [R28] */
const STATUS_INTERVAL_MS = 9 * 60_000

/** The device's one connection to the cloud. It never gives up. */
export function stepLink(state: LinkState, event: LinkEvent, around: LinkSurroundings): LinkStep {
  if (state.phase === 'stopped') return { state, effects: [] }
  switch (event.type) {
    case 'start':
      return state.phase === 'resting' ? connect(state) : { state, effects: [] }
    case 'opened':
      return state.phase === 'connecting' ? greet(state) : { state, effects: [] }
    case 'welcomed':
      return welcomed(state, around.now)
    case 'refused': {
      const message = refusal(event.status)
      const denied = event.status === 401 || event.status === 403
      return retry(state, around, denied ? REFUSED_POLICY : LOST_POLICY, 'cloud-refused', message)
    }
    case 'lost':
      return retry(state, around, LOST_POLICY, 'cloud-lost', event.reason)
    case 'complaint':
      return complaint(state, event.code, event.detail, around)
    case 'pong':
      return { state, effects: [{ type: 'stop-timer', timer: 'pong' }] }
    case 'conditions':
      return tell({ ...state, conditions: event.conditions })
    case 'stop': {
      const { conditions, attempt } = state
      return {
        state: { phase: 'stopped', conditions, attempt },
        effects: [{ type: 'stop-timers' }, { type: 'close-socket' }],
      }
    }
    case 'timer':
      return onTimer(state, event.timer, around)
    default:
      return assertNever(event)
  }
}

function onTimer(state: LinkState, timer: LinkTimer, around: LinkSurroundings): LinkStep {
  switch (timer) {
    case 'retry':
      return connect(state)
    case 'handshake':
      return retry(state, around, LOST_POLICY, 'cloud-lost', 'the cloud does not answer')
    case 'welcome':
      return retry(state, around, LOST_POLICY, 'cloud-lost', 'the cloud did not answer hello with welcome')
    case 'ping':
      return {
        state,
        effects: [
          { type: 'ping' },
          { type: 'start-timer', timer: 'pong', ms: PONG_TIMEOUT_MS },
          { type: 'start-timer', timer: 'ping', ms: PING_INTERVAL_MS },
        ],
      }
    case 'pong':
      return retry(state, around, LOST_POLICY, 'cloud-lost', 'the line is dead: a ping was not answered')
    case 'status':
      return state.phase === 'up' ? sendStatus(state) : { state, effects: [] }
    default:
      return assertNever(timer)
  }
}

function connect({ conditions, attempt }: LinkState): LinkStep {
  return {
    state: { phase: 'connecting', conditions, attempt },
    effects: [{ type: 'connect' }, { type: 'start-timer', timer: 'handshake', ms: HANDSHAKE_TIMEOUT_MS }],
  }
}

/** [R3] */
function greet({ conditions, attempt }: LinkState): LinkStep {
  return {
    state: { phase: 'greeting', conditions, attempt, told: conditions },
    effects: [
      { type: 'stop-timer', timer: 'handshake' },
      { type: 'say-hello', conditions: [...conditions] },
      { type: 'start-timer', timer: 'welcome', ms: WELCOME_TIMEOUT_MS },
    ],
  }
}

function welcomed(state: LinkState, now: number): LinkStep {
  if (state.phase !== 'greeting') return { state, effects: [] }
  const { conditions, told } = state
  const up = tell({ phase: 'up', conditions, attempt: 0, told, since: now })
  return {
    state: up.state,
    effects: [
      { type: 'stop-timer', timer: 'welcome' },
      { type: 'start-timer', timer: 'ping', ms: PING_INTERVAL_MS },
      { type: 'start-timer', timer: 'status', ms: STATUS_INTERVAL_MS },
      { type: 'announce', up: true, reason: 'welcomed' },
      ...up.effects,
    ],
  }
}

/** Says what has changed since it was told last. */
function tell(state: LinkState): LinkStep {
  if (state.phase !== 'up' || same(state.told, state.conditions)) return { state, effects: [] }
  return sendStatus(state)
}

function sendStatus(state: Extract<LinkState, { phase: 'up' }>): LinkStep {
  const { conditions } = state
  return {
    state: { ...state, told: conditions },
    effects: [
      { type: 'send-status', conditions },
      { type: 'start-timer', timer: 'status', ms: STATUS_INTERVAL_MS },
    ],
  }
}

function complaint(state: LinkState, code: string, detail: string, around: LinkSurroundings): LinkStep {
  const over = errorRule(code).ends === 'connection' || state.phase === 'greeting'
  const message = `the cloud answered ${code}${detail === '' ? '' : `: ${detail}`}`
  if (!over) return { state, effects: [{ type: 'warn', event: 'cloud-error', message, retryMs: 0 }] }
  const policy = errorRule(code).action === 'retry' ? LOST_POLICY : REFUSED_POLICY
  return retry(state, around, policy, 'cloud-refused', message)
}

function retry(
  state: LinkState,
  { random }: LinkSurroundings,
  policy: BackoffPolicy,
  event: CloudTrouble,
  message: string,
): LinkStep {
  if (state.phase === 'resting') return { state, effects: [] }
  const { conditions, attempt } = state
  const retryMs = backoffMs(attempt, policy, random)
  const down = { type: 'announce', up: false, reason: message } as const
  return {
    state: { phase: 'resting', conditions, attempt: attempt + 1 },
    effects: [
      { type: 'stop-timers' },
      { type: 'drop-socket' },
      ...(state.phase === 'up' ? [down] : []),
      { type: 'warn', event, message, retryMs },
      { type: 'start-timer', timer: 'retry', ms: retryMs },
    ],
  }
}

function same(a: Conditions, b: Conditions): boolean {
  return a.length === b.length && a.every((camera, at) => camera.state === b[at]?.state)
}

function refusal(status: number): string {
  if (status === 401 || status === 403) {
    return `the cloud refuses this device (HTTP ${status}); is its address the signalling address of your own deployment?`
  }
  return `the cloud answered the handshake with HTTP ${status}`
}
