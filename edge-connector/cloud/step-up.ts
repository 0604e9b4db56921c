import { GREET_AGAIN_MS, IDLE_LIMIT_MS, STATUS_AGAIN_MS } from '../../protocol/connection-times.ts'
import { AGAIN_POLICY, backoffMs } from './backoff.ts'
import {
  type Conditions,
  type Effects,
  type LineEvent,
  type LinkState,
  type LinkStep,
  type LinkSurroundings,
  type Up,
  unchanged,
} from './link-state.ts'

export const WELCOME_TIMEOUT_MS = 10_000
export const PING_INTERVAL_MS = 30_000
/** What has just failed is not asked for in the same moment. */
const LEAST_AGAIN_MS = 1_000

export type Welcome = Extract<LineEvent, { type: 'welcomed' }>

/** Up, or to be so with the next welcome. */
type Speaking = Extract<LinkState, { phase: 'greeting' | 'up' }>

/** What begins with the welcome on a connection, where `hello` said `told` of the cameras. */
export function settle(
  state: LinkState,
  told: Conditions,
  { rollOverMs }: Welcome,
  since: number,
  now: number,
): { readonly state: Up; readonly effects: Effects } {
  const next = { phase: 'later', at: rollOverMs === undefined ? null : now + rollOverMs, attempt: 0 } as const
  return {
    state: {
      ...welcomedBefore(state),
      paired: true,
      phase: 'up',
      told,
      failures: 0,
      since,
      asked: false,
      next,
    },
    effects: [
      { type: 'start-timer', timer: 'ping', ms: PING_INTERVAL_MS },
      // The cloud may have failed to tell the viewers what `hello` has changed [R50].
      { type: 'start-timer', timer: 'status', ms: STATUS_AGAIN_MS },
      ...rollingOver(rollOverMs),
    ],
  }
}

export function settleUnpaired(state: LinkState): { readonly state: LinkState; readonly effects: Effects } {
  return {
    state: { ...welcomedBefore(state), paired: false, phase: 'unpaired' },
    effects: [
      { type: 'start-timer', timer: 'ping', ms: PING_INTERVAL_MS },
      { type: 'announce', standing: 'unpaired', reason: 'no owner has claimed it' },
    ],
  }
}

function welcomedBefore({ conditions }: LinkState) {
  return { conditions, attempt: 0, turnedAway: 0, refusals: 0, quietUntil: 0, toldTime: null }
}

/** [R24] Whichever `hello` it answers: what is over stays over. */
export function endingCalls({ ended }: Welcome, { state, effects }: LinkStep): LinkStep {
  return { state, effects: ended.length === 0 ? effects : [{ type: 'end-calls', calls: ended }, ...effects] }
}

/** Says what has changed since it was told last; once more a little later, for it may have been lost [R50]. */
export function tell(state: LinkState): LinkStep {
  if (state.phase !== 'up' || same(state.told, state.conditions)) return unchanged(state)
  return sendStatus(state, STATUS_AGAIN_MS)
}

/** [R28] Nothing has gone wrong since the last one. */
export function renewStatus(state: Up): LinkStep {
  return sendStatus({ ...state, failures: 0 }, IDLE_LIMIT_MS)
}

function sendStatus(state: Up, againMs: number): LinkStep {
  const { conditions } = state
  return {
    state: { ...state, told: conditions },
    effects: [
      { type: 'send-status', conditions },
      { type: 'start-timer', timer: 'status', ms: againMs },
    ],
  }
}

/** [R4] On a connection that is up; whoever calls notices nothing. */
export function sayHelloAgain(state: Up): LinkStep {
  const { conditions } = state
  return {
    state: { ...state, told: conditions, asked: true },
    effects: [
      { type: 'say-hello', which: 'present', conditions },
      { type: 'start-timer', timer: 'welcome', ms: WELCOME_TIMEOUT_MS },
      { type: 'start-timer', timer: 'again', ms: GREET_AGAIN_MS },
    ],
  }
}

/** [R4] A welcome where one is up already; it counts when it was asked for, and for the time of the next one. */
export function welcomedAgain(state: Up, { rollOverMs }: Welcome, now: number): LinkStep {
  // One that has failed is tried again in its own time: a plan for at once would ask in a loop.
  const planned = state.next.phase === 'later' && state.next.attempt === 0 && rollOverMs !== undefined
  const next = planned ? ({ phase: 'later', at: now + rollOverMs, attempt: 0 } as const) : state.next
  const answered: Effects = [
    { type: 'stop-timer', timer: 'welcome' },
    { type: 'stop-timer', timer: 'again' },
    { type: 'start-timer', timer: 'status', ms: STATUS_AGAIN_MS },
  ]
  return {
    state: { ...state, next, ...(state.asked ? { asked: false, failures: 0 } : {}) },
    effects: [...(state.asked ? answered : []), ...(planned ? rollingOver(rollOverMs) : [])],
  }
}

/** The cloud has failed, perhaps at the last word on the cameras, or at the end of a call: both are said again soon. */
export function sayAgainSoon(state: Speaking, message: string, { random }: LinkSurroundings): LinkStep {
  const ms = LEAST_AGAIN_MS + backoffMs(state.failures, AGAIN_POLICY, random)
  return {
    state: { ...state, failures: state.failures + 1 },
    effects: [
      { type: 'warn', event: 'cloud-error', message, retryMs: ms },
      { type: 'stop-timer', timer: 'status' },
      { type: 'start-timer', timer: 'again', ms },
    ],
  }
}

export function sayAgain(state: Speaking): LinkStep {
  const { conditions } = state
  if (state.phase === 'up' && !state.asked) {
    const status = sendStatus(state, STATUS_AGAIN_MS)
    return { state: status.state, effects: [...status.effects, { type: 'say-ends-again' }] }
  }
  return {
    state: { ...state, told: conditions },
    effects: [
      { type: 'say-hello', which: 'present', conditions },
      { type: 'start-timer', timer: 'again', ms: GREET_AGAIN_MS },
    ],
  }
}

function rollingOver(ms: number | undefined): Effects {
  return ms === undefined ? [] : [{ type: 'start-timer', timer: 'roll-over', ms }]
}

function same(a: Conditions, b: Conditions): boolean {
  return a.length === b.length && a.every((camera, at) => camera.state === b[at]?.state)
}
