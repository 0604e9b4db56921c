import { errorRule } from '../../protocol/error-codes.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { type BackoffPolicy, backoffMs, LOST_POLICY, REFUSED_POLICY } from './backoff.ts'
import {
  type CloudTrouble,
  type Conditions,
  kept,
  type LinkEvent,
  type LinkState,
  type LinkStep,
  type LinkSurroundings,
  type LinkTimer,
  unchanged,
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
  if (state.phase === 'stopped') return unchanged(state)
  switch (event.type) {
    case 'start':
      return state.phase === 'resting' ? connect(state) : unchanged(state)
    case 'opened':
      return state.phase === 'connecting' ? greet(state) : unchanged(state)
    case 'welcomed':
      return endingCalls(event.ended, welcomed(state, event.paired, around.now))
    case 'claimed':
      return state.phase === 'unpaired' ? greet(state) : unchanged(state)
    case 'refused': {
      const message = refusal(event.status)
      const denied = event.status === 401 || event.status === 403
      return retry(state, around, denied ? REFUSED_POLICY : LOST_POLICY, 'cloud-refused', message)
    }
    case 'lost':
      return retry(state, around, LOST_POLICY, 'cloud-lost', event.reason)
    case 'complaint':
      return complaint(state, event, around)
    case 'pong':
      return { state, effects: [{ type: 'stop-timer', timer: 'pong' }] }
    case 'conditions':
      return tell({ ...state, conditions: event.conditions })
    case 'rest':
      return state.phase === 'unpaired' ? rest(state, event) : unchanged(state)
    case 'stop':
      return {
        state: { ...kept(state), phase: 'stopped' },
        effects: [{ type: 'stop-timers' }, { type: 'close-socket' }],
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
      return state.phase === 'up' ? sendStatus(state) : unchanged(state)
    default:
      return assertNever(timer)
  }
}

function connect(state: LinkState): LinkStep {
  return {
    state: { ...kept(state), phase: 'connecting' },
    effects: [{ type: 'connect' }, { type: 'start-timer', timer: 'handshake', ms: HANDSHAKE_TIMEOUT_MS }],
  }
}

/** [R3] [R4] */
function greet(state: LinkState): LinkStep {
  const { conditions } = state
  return {
    state: { ...kept(state), phase: 'greeting', told: conditions },
    effects: [
      { type: 'stop-timer', timer: 'handshake' },
      { type: 'say-hello', conditions: [...conditions] },
      { type: 'start-timer', timer: 'welcome', ms: WELCOME_TIMEOUT_MS },
    ],
  }
}

/** Something says that it is no longer paired: `hello` tells what holds. */
function doubt(state: LinkState): LinkStep {
  const greeting = greet(state)
  const reason = 'the cloud is asked whether this device is still paired'
  return {
    state: greeting.state,
    effects: [{ type: 'announce', standing: 'down', reason }, ...greeting.effects],
  }
}

/** [R10] A welcome that comes a second time, and late, may say what is no longer true: then one asks again. */
function welcomed(state: LinkState, paired: boolean, now: number): LinkStep {
  if (state.phase === 'up') return paired ? unchanged(state) : doubt(state)
  if (state.phase === 'unpaired') return paired ? greet(state) : unchanged(state)
  if (state.phase !== 'greeting') return unchanged(state)
  const before = { ...kept(state), attempt: 0, toldTime: false, paired }
  const timers = [
    { type: 'stop-timer', timer: 'welcome' },
    { type: 'start-timer', timer: 'ping', ms: PING_INTERVAL_MS },
  ] as const
  if (!paired) {
    const announce = { type: 'announce', standing: 'unpaired', reason: 'no owner has claimed it' } as const
    return { state: { ...before, phase: 'unpaired' }, effects: [...timers, announce] }
  }
  const up = tell({ ...before, phase: 'up', told: state.told, since: now })
  return {
    state: up.state,
    effects: [
      ...timers,
      { type: 'start-timer', timer: 'status', ms: STATUS_INTERVAL_MS },
      { type: 'announce', standing: 'up', reason: 'welcomed' },
      ...up.effects,
    ],
  }
}

/** [R24] Whichever `hello` it answers: what is over stays over. */
function endingCalls(calls: readonly string[], { state, effects }: LinkStep): LinkStep {
  return { state, effects: calls.length === 0 ? effects : [{ type: 'end-calls', calls }, ...effects] }
}

/** Says what has changed since it was told last. */
function tell(state: LinkState): LinkStep {
  if (state.phase !== 'up' || same(state.told, state.conditions)) return unchanged(state)
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

function complaint(
  state: LinkState,
  { code, detail, now }: Extract<LinkEvent, { type: 'complaint' }>,
  around: LinkSurroundings,
): LinkStep {
  const message = `the cloud answered ${code}${detail === '' ? '' : `: ${detail}`}`
  if (code === 'clock-wrong' && now !== undefined && state.phase === 'greeting') {
    return setTime(state, now, message, around)
  }
  if (code === 'replaced') {
    return {
      state: { ...kept(state), phase: 'stopped' },
      effects: [{ type: 'stop-timers' }, { type: 'close-socket' }, { type: 'give-way' }],
    }
  }
  // [R38] An owner may have unpaired it without its hearing of it.
  if (code === 'not-paired' && state.phase === 'up') return doubt(state)
  const over = errorRule(code).ends === 'connection' || state.phase === 'greeting'
  if (!over) return { state, effects: [{ type: 'warn', event: 'cloud-error', message, retryMs: 0 }] }
  const soon = errorRule(code).action === 'retry' && code !== 'too-many-unpaired'
  return retry(state, around, soon ? LOST_POLICY : REFUSED_POLICY, 'cloud-refused', message)
}

/** [R31] The first time it tries again at once; a cloud that still disagrees is not asked in a loop. */
function setTime(state: LinkState, now: number, message: string, around: LinkSurroundings): LinkStep {
  const setting = { type: 'set-time', now } as const
  const next = { ...state, toldTime: true }
  if (state.toldTime) {
    const later = retry(next, around, REFUSED_POLICY, 'cloud-refused', message)
    return { state: later.state, effects: [setting, ...later.effects] }
  }
  const again = connect(next)
  return {
    state: again.state,
    effects: [{ type: 'stop-timers' }, { type: 'drop-socket' }, setting, ...again.effects],
  }
}

function rest(state: LinkState, { ms, why }: Extract<LinkEvent, { type: 'rest' }>): LinkStep {
  return {
    state: { ...kept(state), phase: 'resting' },
    effects: [
      { type: 'stop-timers' },
      { type: 'close-socket' },
      { type: 'announce', standing: 'down', reason: why },
      { type: 'start-timer', timer: 'retry', ms },
    ],
  }
}

function retry(
  state: LinkState,
  { random }: LinkSurroundings,
  policy: BackoffPolicy,
  event: CloudTrouble,
  message: string,
): LinkStep {
  if (state.phase === 'resting') return unchanged(state)
  const { attempt } = state
  const retryMs = backoffMs(attempt, policy, random)
  const down = { type: 'announce', standing: 'down', reason: message } as const
  return {
    state: { ...kept(state), phase: 'resting', attempt: attempt + 1 },
    effects: [
      { type: 'stop-timers' },
      { type: 'drop-socket' },
      ...(state.phase === 'up' || state.phase === 'unpaired' ? [down] : []),
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
