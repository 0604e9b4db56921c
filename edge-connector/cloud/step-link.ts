import { GREET_AGAIN_MS } from '../../protocol/connection-times.ts'
import { errorRule } from '../../protocol/error-codes.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import {
  type Effects,
  kept,
  type LineEvent,
  type LinkEvent,
  type LinkState,
  type LinkStep,
  type LinkSurroundings,
  type LinkTimer,
  unchanged,
} from './link-state.ts'
import { connect, giveWay, rest, retry, setTime, stop } from './step-down.ts'
import {
  greetNextAgain,
  HANDSHAKE_TIMEOUT_MS,
  isUnderWay,
  nextTimedOut,
  openNext,
  stepNext,
} from './step-next.ts'
import {
  endingCalls,
  PING_INTERVAL_MS,
  renewStatus,
  sayAgain,
  sayAgainSoon,
  sayHelloAgain,
  settle,
  settleUnpaired,
  tell,
  WELCOME_TIMEOUT_MS,
  type Welcome,
  welcomedAgain,
} from './step-up.ts'
import { complained, lost, refused, type Trouble, UNWELCOME, unanswered } from './trouble.ts'

/** Together with the interval of pings: a dead line is noticed within 45 s. */
const PONG_TIMEOUT_MS = 15_000

/** Until the cloud has surely noted which calls ended with the program before this one [R51]. */
export const LOST_CALLS_MS = 3_000

/** The device's link to the cloud. It never gives up. */
export function stepLink(state: LinkState, event: LinkEvent, around: LinkSurroundings): LinkStep {
  if (state.phase === 'stopped') return unchanged(state)
  switch (event.type) {
    case 'start':
      return state.phase === 'resting' ? connect(state) : unchanged(state)
    case 'reached':
      return state.phase === 'connecting' ? reach(state) : unchanged(state)
    case 'opened':
      return state.phase === 'connecting' ? greet(state) : unchanged(state)
    case 'welcomed':
      return endingCalls(event, welcomed(state, event, around.now))
    case 'claimed':
      return state.phase === 'unpaired' ? greet(state) : unchanged(state)
    case 'refused':
      return retry(state, around, refused(event.status))
    case 'lost':
      return retry(state, around, lost(event.reason, event.reached))
    case 'complaint':
      return complaint(state, event, around)
    case 'pong':
      return { state, effects: [{ type: 'stop-timer', timer: 'pong' }] }
    case 'next':
      return isAboutReplacement(event.event) ? giveWay(state) : onNext(state, event.event, around)
    case 'conditions':
      return tell({ ...state, conditions: event.conditions })
    case 'early-calls':
      return { state, effects: [{ type: 'start-timer', timer: 'ask', ms: LOST_CALLS_MS }] }
    case 'rest':
      return state.phase === 'unpaired' ? rest(state, event) : unchanged(state)
    case 'stop':
      return stop(state)
    case 'timer':
      return onTimer(state, event.timer, around)
    default:
      return assertNever(event)
  }
}

function onNext(state: LinkState, event: LineEvent, around: LinkSurroundings): LinkStep {
  return state.phase === 'up' ? stepNext(state, event, around) : unchanged(state)
}

function onTimer(state: LinkState, timer: LinkTimer, around: LinkSurroundings): LinkStep {
  switch (timer) {
    case 'retry':
      return connect(state)
    case 'handshake':
      return retry(state, around, unanswered(state.phase === 'connecting' && state.reached))
    case 'welcome':
      return retry(state, around, UNWELCOME)
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
      return retry(state, around, lost('the line is dead: a ping was not answered', true))
    case 'status':
      return state.phase === 'up' ? renewStatus(state) : unchanged(state)
    case 'ask':
      return askedForHello(state)
    case 'again':
      return state.phase === 'up' || state.phase === 'greeting' ? sayAgain(state) : unchanged(state)
    case 'roll-over':
      return state.phase === 'up' ? openNext(state) : unchanged(state)
    case 'next-handshake':
    case 'next-welcome':
      return state.phase === 'up' ? nextTimedOut(state, around) : unchanged(state)
    case 'next-again':
      return state.phase === 'up' ? greetNextAgain(state) : unchanged(state)
    default:
      return assertNever(timer)
  }
}

function reach(state: LinkState): LinkStep {
  return {
    state: { ...kept(state), phase: 'connecting', reached: true },
    effects: [{ type: 'start-timer', timer: 'handshake', ms: HANDSHAKE_TIMEOUT_MS }],
  }
}

/** [R3] [R4] */
function greet(state: LinkState): LinkStep {
  const { conditions } = state
  return {
    state: { ...kept(state), phase: 'greeting', told: conditions, failures: 0 },
    effects: [
      { type: 'stop-timer', timer: 'handshake' },
      { type: 'say-hello', which: 'present', conditions },
      { type: 'start-timer', timer: 'welcome', ms: WELCOME_TIMEOUT_MS },
      { type: 'start-timer', timer: 'again', ms: GREET_AGAIN_MS },
    ],
  }
}

/** Something says that it is no longer paired: `hello` tells what holds. */
function doubt(state: LinkState): LinkStep {
  const greeting = greet(state)
  const reason = 'the cloud is asked whether this device is still paired'
  const effects: Effects = [{ type: 'announce', standing: 'down', reason }, ...greeting.effects]
  const alone = state.phase !== 'up' || !isUnderWay(state.next)
  return {
    state: greeting.state,
    effects: alone ? effects : [{ type: 'drop-socket', which: 'next' }, ...effects],
  }
}

/** [R10] A welcome that comes a second time, and late, may say what is no longer true: then one asks again. */
function welcomed(state: LinkState, welcome: Welcome, now: number): LinkStep {
  const { paired } = welcome
  if (state.phase === 'up') return paired ? welcomedAgain(state, welcome, now) : doubt(state)
  if (state.phase === 'unpaired') return paired ? greet(state) : unchanged(state)
  if (state.phase !== 'greeting') return unchanged(state)
  const stopping: Effects = [
    { type: 'stop-timer', timer: 'welcome' },
    { type: 'stop-timer', timer: 'again' },
  ]
  if (!paired) {
    const unpaired = settleUnpaired(state)
    return { state: unpaired.state, effects: [...stopping, ...unpaired.effects] }
  }
  const settled = settle(state, state.told, welcome, now, now)
  const told = tell(settled.state)
  const announcing = { type: 'announce', standing: 'up', reason: 'welcomed' } as const
  return { state: told.state, effects: [...stopping, ...settled.effects, announcing, ...told.effects] }
}

function complaint(
  state: LinkState,
  event: Extract<LineEvent, { type: 'complaint' }>,
  around: LinkSurroundings,
): LinkStep {
  const { code, now } = event
  const trouble = complained(event)
  if (isAboutReplacement(event)) return replaced(state, trouble, around)
  if (code === 'clock-wrong' && now !== undefined && state.phase === 'greeting') {
    return setTime(state, now, trouble, around)
  }
  // [R38] An owner may have unpaired it without its hearing of it.
  if (code === 'not-paired' && state.phase === 'up') return doubt(state)
  if (code === 'say-hello') return askedForHello(state)
  if (code === 'internal' && (state.phase === 'up' || state.phase === 'greeting')) {
    return sayAgainSoon(state, trouble.message, around)
  }
  const over = errorRule(code).ends === 'connection' || state.phase === 'greeting'
  if (over) return retry(state, around, trouble)
  return { state, effects: [{ type: 'warn', event: 'cloud-error', message: trouble.message, retryMs: 0 }] }
}

/** [R5] Before its first welcome it may be its own earlier run that the cloud takes for the newer. */
function replaced(state: LinkState, trouble: Trouble, around: LinkSurroundings): LinkStep {
  return state.paired === null ? retry(state, around, trouble) : giveWay(state)
}

/** [R52] Where a `hello` is on its way already, here or on the next connection, that is the answer. */
function askedForHello(state: LinkState): LinkStep {
  if (state.phase !== 'up' || state.asked || state.next.phase === 'greeting') return unchanged(state)
  return sayHelloAgain(state)
}

function isAboutReplacement(event: LineEvent): boolean {
  return event.type === 'complaint' && event.code === 'replaced'
}
