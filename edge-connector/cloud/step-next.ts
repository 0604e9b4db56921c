import { GREET_AGAIN_MS } from '../../protocol/connection-times.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { backoffMs } from './backoff.ts'
import {
  type Conditions,
  type Effects,
  type LineEvent,
  type LinkStep,
  type LinkSurroundings,
  type Next,
  type Up,
  unchanged,
} from './link-state.ts'
import {
  endingCalls,
  sayHelloAgain,
  settle,
  settleUnpaired,
  tell,
  WELCOME_TIMEOUT_MS,
  type Welcome,
} from './step-up.ts'
import { complained, lost, refused, type Trouble, UNWELCOME, unanswered } from './trouble.ts'

/** To come as far as the cloud: two packets of which one may be lost. */
export const REACH_TIMEOUT_MS = 3_000
export const HANDSHAKE_TIMEOUT_MS = 10_000

/** Whether there is a socket that is to follow the present one. */
export function isUnderWay(next: Next): next is Exclude<Next, { phase: 'later' }> {
  return next.phase !== 'later'
}

/** [R46] The time has come, or another attempt is due. */
export function openNext(state: Up): LinkStep {
  if (isUnderWay(state.next)) return unchanged(state)
  const { attempt } = state.next
  return {
    state: { ...state, next: { phase: 'connecting', reached: false, attempt } },
    effects: [
      { type: 'connect', which: 'next' },
      { type: 'start-timer', timer: 'next-handshake', ms: REACH_TIMEOUT_MS },
    ],
  }
}

/** [R46] While the link is up: what the next connection comes to. Nobody is told, for the present one goes on. */
export function stepNext(state: Up, event: LineEvent, around: LinkSurroundings): LinkStep {
  const { next } = state
  if (!isUnderWay(next)) return unchanged(state)
  switch (event.type) {
    case 'reached':
      return {
        state: { ...state, next: { ...next, phase: 'connecting', reached: true } },
        effects: [{ type: 'start-timer', timer: 'next-handshake', ms: HANDSHAKE_TIMEOUT_MS }],
      }
    case 'opened':
      return next.phase === 'connecting' ? greet(state, next.attempt) : unchanged(state)
    case 'welcomed':
      return endingCalls(
        event,
        next.phase === 'greeting' ? rollOver(state, next, event, around) : unchanged(state),
      )
    case 'refused':
      return tryLater(state, refused(event.status), around)
    case 'lost':
      return tryLater(state, lost(event.reason, event.reached), around)
    case 'complaint': {
      const setting: Effects =
        event.code === 'clock-wrong' && event.now !== undefined ? [{ type: 'set-time', now: event.now }] : []
      return tryLater(state, complained(event), around, setting)
    }
    case 'claimed':
    case 'pong':
      return unchanged(state)
    default:
      return assertNever(event)
  }
}

export function nextTimedOut(state: Up, around: LinkSurroundings): LinkStep {
  const { next } = state
  if (!isUnderWay(next)) return unchanged(state)
  return tryLater(state, next.phase === 'connecting' ? unanswered(next.reached) : UNWELCOME, around)
}

function greet(state: Up, attempt: number): LinkStep {
  const { conditions } = state
  return {
    state: { ...state, next: { phase: 'greeting', told: conditions, attempt } },
    effects: [
      { type: 'stop-timer', timer: 'next-handshake' },
      { type: 'start-timer', timer: 'next-welcome', ms: WELCOME_TIMEOUT_MS },
      ...sayingHello(conditions),
    ],
  }
}

/** [R4] */
export function greetNextAgain(state: Up): LinkStep {
  const { conditions, next } = state
  if (next.phase !== 'greeting') return unchanged(state)
  return { state: { ...state, next: { ...next, told: conditions } }, effects: sayingHello(conditions) }
}

function sayingHello(conditions: Conditions): Effects {
  return [
    { type: 'say-hello', which: 'next', conditions },
    { type: 'start-timer', timer: 'next-again', ms: GREET_AGAIN_MS },
  ]
}

function rollOver(
  state: Up,
  next: Extract<Next, { phase: 'greeting' }>,
  welcome: Welcome,
  { now }: LinkSurroundings,
): LinkStep {
  const settled = welcome.paired ? settle(state, next.told, welcome, state.since, now) : settleUnpaired(state)
  const told = tell(settled.state)
  return {
    state: told.state,
    effects: [{ type: 'stop-timers' }, { type: 'roll-over' }, ...settled.effects, ...told.effects],
  }
}

/** The present connection lasts some minutes still. */
function tryLater(
  state: Up,
  trouble: Trouble,
  { now, random }: LinkSurroundings,
  first: Effects = [],
): LinkStep {
  const { phase, attempt } = state.next
  const ms = backoffMs(attempt, trouble.policy, random)
  const waiting: Up = { ...state, next: { phase: 'later', at: now + ms, attempt: attempt + 1 } }
  // Since that `hello` the cloud looks for the device where it is not.
  const back = phase === 'greeting' ? sayHelloAgain(waiting) : unchanged(waiting)
  return {
    state: back.state,
    effects: [
      ...first,
      { type: 'stop-timer', timer: 'next-handshake' },
      { type: 'stop-timer', timer: 'next-welcome' },
      { type: 'stop-timer', timer: 'next-again' },
      { type: 'drop-socket', which: 'next' },
      { type: 'warn', event: trouble.event, message: `the next connection: ${trouble.message}`, retryMs: ms },
      { type: 'start-timer', timer: 'roll-over', ms },
      ...back.effects,
    ],
  }
}
