import { GREET_AGAIN_MS } from '../../protocol/connection-times.ts'
import { LOST_POLICY, REFUSED_POLICY, UNREACHED_POLICY } from './backoff.ts'
import {
  type Effects,
  kept,
  type LinkEvent,
  type LinkState,
  type LinkStep,
  type LinkSurroundings,
  unchanged,
} from './link-state.ts'
import { HANDSHAKE_TIMEOUT_MS, isUnderWay, REACH_TIMEOUT_MS } from './step-next.ts'
import { WELCOME_TIMEOUT_MS } from './step-up.ts'
import { countFailures, type Trouble, waitFor } from './trouble.ts'

/** An attempt every other second is not worth a line in the log each. */
const QUIET_MS = 10 * 60_000

export function connect(state: LinkState): LinkStep {
  return {
    state: { ...kept(state), phase: 'connecting', reached: false },
    effects: [
      { type: 'connect', which: 'present' },
      { type: 'start-timer', timer: 'handshake', ms: REACH_TIMEOUT_MS },
    ],
  }
}

/** A token is good for a minute: by a time that differs by less, it would be refused again. */
const OTHER_TIME_MS = 30_000

/**
 * [R31] The first time it tries again at once; a cloud that still disagrees is not asked in a loop. One whose own time
 * has jumped meanwhile has told something new.
 */
export function setTime(state: LinkState, now: number, trouble: Trouble, around: LinkSurroundings): LinkStep {
  const setting = { type: 'set-time', now } as const
  const before = state.toldTime
  const next = { ...state, toldTime: { now, at: around.now } }
  if (before !== null) {
    const jumpMs = Math.abs(now - before.now - (around.now - before.at))
    const policy = jumpMs >= OTHER_TIME_MS ? LOST_POLICY : REFUSED_POLICY
    const later = retry(next, around, { ...trouble, policy })
    return { state: later.state, effects: [setting, ...later.effects] }
  }
  const again = connect(next)
  return {
    state: again.state,
    effects: [{ type: 'stop-timers' }, { type: 'drop-socket', which: 'present' }, setting, ...again.effects],
  }
}

export function rest(state: LinkState, { ms, why }: Extract<LinkEvent, { type: 'rest' }>): LinkStep {
  return {
    state: { ...kept(state), phase: 'resting' },
    effects: [
      { type: 'stop-timers' },
      { type: 'close-sockets' },
      { type: 'announce', standing: 'down', reason: why },
      { type: 'start-timer', timer: 'retry', ms },
    ],
  }
}

export function stop(state: LinkState): LinkStep {
  return {
    state: { ...kept(state), phase: 'stopped' },
    effects: [{ type: 'stop-timers' }, { type: 'close-sockets' }],
  }
}

export function giveWay(state: LinkState): LinkStep {
  const stopped = stop(state)
  return { state: stopped.state, effects: [...stopped.effects, { type: 'give-way' }] }
}

export function retry(state: LinkState, around: LinkSurroundings, trouble: Trouble): LinkStep {
  if (state.phase === 'resting') return unchanged(state)
  const { event, message, policy } = trouble
  const { now } = around
  const unreached = policy === UNREACHED_POLICY
  const quiet = unreached && now < state.quietUntil
  const after = {
    ...kept(state),
    ...countFailures(trouble, state),
    quietUntil: unreached && !quiet ? now + QUIET_MS : state.quietUntil,
  }
  const known = state.phase === 'up' || state.phase === 'unpaired'
  const down: Effects = known ? [{ type: 'announce', standing: 'down', reason: message }] : []
  const warning = (retryMs: number): Effects => (quiet ? [] : [{ type: 'warn', event, message, retryMs }])
  if (state.phase === 'up' && isUnderWay(state.next)) {
    // [R46] The next one is the attempt.
    const { next } = state
    const connecting = next.phase === 'connecting'
    return {
      state: connecting
        ? { ...after, phase: 'connecting', reached: next.reached }
        : { ...after, phase: 'greeting', told: next.told, failures: 0 },
      effects: [
        ...([{ type: 'stop-timers' }, { type: 'fall-over' }] as const),
        ...[...down, ...warning(0)],
        ...(connecting
          ? ([{ type: 'start-timer', timer: 'handshake', ms: HANDSHAKE_TIMEOUT_MS }] as const)
          : ([
              { type: 'start-timer', timer: 'welcome', ms: WELCOME_TIMEOUT_MS },
              { type: 'start-timer', timer: 'again', ms: GREET_AGAIN_MS },
            ] as const)),
      ],
    }
  }
  const retryMs = waitFor(trouble, state, around)
  return {
    state: { ...after, phase: 'resting' },
    effects: [
      { type: 'stop-timers' },
      { type: 'drop-socket', which: 'present' },
      ...down,
      ...warning(retryMs),
      { type: 'start-timer', timer: 'retry', ms: retryMs },
    ],
  }
}
