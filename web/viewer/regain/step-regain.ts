import { assertNever } from '../assert-never.ts'
import type { Step } from '../lifecycle.ts'
import type { Ending } from './call-ending.ts'
import {
  type Around,
  isLost,
  type Lost,
  type RegainEffect,
  type RegainEvent,
  type Regaining,
  type RegainState,
} from './regain-state.ts'

/** A picture that was there for less does not make up for the calls that it took. */
export const STEADY_MS = 10_000
/** But there was one: that it was lost took seconds to be seen already, and the next is not far. */
const BRIEF_TRIES = 2
/** Others have the places: whoever asks makes the host ask all of them [R49]. */
const CALM_TRIES = 4

export type RegainStep = Step<RegainState, RegainEffect>

/** Gets one camera's picture back after it was lost, for as long as somebody wants to see it. */
export function stepRegain(state: RegainState, event: RegainEvent, around: Around): RegainStep {
  switch (event.type) {
    case 'picture':
      return picture(state, event.call, around)
    case 'over':
      return over(state, event.ending, around)
    case 'placed':
      return isLost(state) ? stay({ ...state, phase: 'calling' }, STOP_REST) : stay(state)
    case 'left':
      return state.phase === 'off' ? stay(state) : OFF
    case 'kept':
      if (state.phase !== 'off') return stay(state)
      return seek({ lost: event.call, why: 'reloaded', tries: 0 }, around)
    case 'put-away':
      return putAway(state)
    case 'look':
      return around.looked ? reconsider(state, around) : lookAway(state)
    case 'link':
      return reconsider(state, around)
    case 'presence':
      return presence(state, around)
    case 'network':
      return state.phase === 'resting' ? reconsider(state, around) : stay(state)
    case 'rested':
      return state.phase === 'resting' || state.phase === 'waiting' ? rested(state, around) : stay(state)
    default:
      return assertNever(event)
  }
}

function picture(state: RegainState, call: string, { now, looked }: Around): RegainStep {
  if (state.phase === 'holding') return stay(state)
  const tries = isLost(state) ? state.tries + 1 : 0
  const holding = { phase: 'holding', call, since: now, tries } as const
  // One that was asked for before the page went to the background, or there.
  return looked ? stay(holding, STOP_REST) : lookAway(holding)
}

function over(state: RegainState, ending: Ending, around: Around): RegainStep {
  if (state.phase !== 'holding' && state.phase !== 'calling') return stay(state)
  if (ending === 'final') return OFF
  if (state.phase === 'holding') {
    const isSteady = around.now - state.since >= STEADY_MS
    const tries = isSteady ? 0 : Math.min(state.tries, BRIEF_TRIES)
    return seek({ lost: state.call, why: 'broke-off', tries }, around)
  }
  const { lost, why } = state
  switch (ending) {
    case 'busy':
      return seek({ lost, why: 'camera-busy', tries: Math.max(state.tries + 1, CALM_TRIES) }, around)
    case 'away':
      return seek({ lost, why: 'camera-away', tries: state.tries + 1 }, around)
    case 'lost':
      return seek({ lost, why, tries: state.tries + 1 }, around)
    default:
      return assertNever(ending)
  }
}

/** The next call: now, or later, or when what it needs is there again. */
function seek({ lost, why, tries }: Lost, around: Around): RegainStep {
  if (!around.looked) return wait({ lost, why: 'elsewhere', tries })
  if (!around.linkUp) return wait({ lost, why: why === 'reloaded' ? why : 'no-link', tries })
  switch (around.camera) {
    case 'removed':
    case 'barred':
      return OFF
    case 'unknown':
      return wait({ lost, why, tries })
    case 'offline':
    case 'unreachable':
      // That it is back may be said to nobody, for a message can be lost.
      return wait({ lost, why: 'camera-away', tries }, { type: 'rest-long' })
    case 'online':
    case 'busy':
      if (tries === 0) return call({ lost, why, tries })
      return { state: { phase: 'resting', lost, why, tries }, effects: [{ type: 'rest', tries }] }
    default:
      return assertNever(around.camera)
  }
}

function call({ lost, why, tries }: Lost): RegainStep {
  const state = { phase: 'calling', lost, why: why === 'no-link' ? 'broke-off' : why, tries } as const
  return { state, effects: [STOP, { type: 'place', replaces: lost }] }
}

function wait({ lost, why, tries }: Lost, ...effects: readonly RegainEffect[]): RegainStep {
  return { state: { phase: 'waiting', lost, why, tries }, effects: [STOP, ...effects] }
}

/** What hindered the next call may be over, and so is the reason to be slow. */
function reconsider(state: RegainState, around: Around): RegainStep {
  if (state.phase !== 'resting' && state.phase !== 'waiting') return stay(state)
  return seek({ ...state, tries: 0 }, around)
}

function presence(state: RegainState, around: Around): RegainStep {
  const changes =
    state.phase === 'waiting' || (state.phase === 'resting' && (isAway(around) || isFree(state, around)))
  return changes ? reconsider(state, around) : stay(state)
}

function isAway({ camera }: Around): boolean {
  return camera !== 'online' && camera !== 'busy'
}

/** There was no place, and now there seems to be one. */
function isFree({ why }: Regaining, { camera }: Around): boolean {
  return why === 'camera-busy' && camera === 'online'
}

function rested(state: Regaining, around: Around): RegainStep {
  return around.linkUp && around.looked ? call(state) : seek(state, around)
}

function lookAway(state: RegainState): RegainStep {
  if (state.phase === 'off') return stay(state)
  return release(state, 'elsewhere', 'viewer-away')
}

function putAway(state: RegainState): RegainStep {
  if (state.phase === 'off') return stay(state)
  return release(state, 'reloaded', 'viewer-left')
}

function release(
  state: Exclude<RegainState, { phase: 'off' }>,
  why: Regaining['why'],
  reason: Extract<RegainEffect, { type: 'release' }>['reason'],
): RegainStep {
  const lost = state.phase === 'holding' ? state.call : state.lost
  const runs = state.phase === 'holding' || state.phase === 'calling'
  return wait({ lost, why, tries: 0 }, ...(runs ? [{ type: 'release', reason } as const] : []))
}

const STOP = { type: 'stop-rest' } as const
const STOP_REST: readonly RegainEffect[] = [STOP]
const OFF: RegainStep = { state: { phase: 'off' }, effects: STOP_REST }

function stay(state: RegainState, effects: readonly RegainEffect[] = []): RegainStep {
  return { state, effects }
}
