import type { ViewersReason } from '../../../protocol/hangup.ts'
import type { Candidate } from '../../../protocol/ice.ts'
import type { Step } from '../lifecycle.ts'
import { ASK_AGAIN_MS, GIVE_UP_MS, SLOW_MS } from './call-patience.ts'
import type { Answering, CallEffect, CallState, Connecting, Live, Watching } from './call-state.ts'
import { hasUnsent, type OwnCandidates, packAnswer, packCandidates } from './candidates.ts'
import type { Failure } from './failure.ts'

export type CallStep = Step<CallState, CallEffect>

export function stay(state: CallState): CallStep {
  return { state, effects: [] }
}

export function isLive(state: CallState): state is Live {
  return state.phase !== 'idle' && state.phase !== 'ended' && state.phase !== 'failed'
}

export function isWatching(state: CallState): state is Watching {
  return state.phase === 'playing' || state.phase === 'interrupted'
}

/** For the state or the message that comes of it. */
export function replacing({ replaces }: Pick<Live, 'replaces'>): { readonly replaces?: string } {
  return replaces === undefined ? {} : { replaces }
}

/** Tells the host where it may know of the call. */
export function hangUp(state: Live, reason: ViewersReason, next: CallState): CallStep {
  const { call, camera } = state
  const hangup: CallEffect = { type: 'send', message: { type: 'hangup', call, camera, reason } }
  return { state: next, effects: [...(state.phase === 'waiting' ? [] : [hangup]), { type: 'release' }] }
}

/** A failure of the viewer's own: the host would go on sending. */
export function fail(state: Live, failure: Failure, reason: ViewersReason = 'viewer-failed'): CallStep {
  const { call, camera } = state
  const failed = { phase: 'failed', call, camera, ...replacing(state), failure } as const
  return hangUp(state, reason, failed)
}

/** With all candidates so far: sent again, it makes up for a batch that was lost. */
export function sendAnswer(
  state: Answering | Connecting,
  sdp: string,
): { readonly own: OwnCandidates; readonly effects: readonly CallEffect[] } {
  const { gathered, done } = state.own
  const messages = packAnswer(state, sdp, gathered, done)
  return {
    own: { ...state.own, sent: gathered.length },
    effects: [
      { type: 'stop-timer', timer: 'candidates' },
      ...messages.map((message) => ({ type: 'send', message }) as const),
    ],
  }
}

/** The picture was there, and its connection is not. */
export function loseMedia(state: Watching): CallStep {
  return fail(state, { code: 'media-lost' }, 'media-lost')
}

export function sendCandidates(state: Connecting | Watching): CallStep {
  if (!hasUnsent(state.own)) return stay(state)
  const { gathered, sent, batches, done } = state.own
  const messages = packCandidates(state, gathered.slice(sent), done)
  return {
    state: { ...state, own: { ...state.own, sent: gathered.length, batches: batches + 1 } },
    effects: [
      { type: 'stop-timer', timer: 'candidates' },
      ...messages.map((message) => ({ type: 'send', message }) as const),
    ],
  }
}

export function addCandidates(candidates: readonly Candidate[]): CallEffect[] {
  return candidates.length > 0 ? [{ type: 'add-candidates', candidates }] : []
}

const ASKING = { slow: SLOW_MS, 'ask-again': ASK_AGAIN_MS, 'give-up': GIVE_UP_MS } as const

export function startAsking(): CallEffect[] {
  return (['slow', 'ask-again', 'give-up'] as const).map((timer) => ({
    type: 'start-timer',
    timer,
    ms: ASKING[timer],
  }))
}

export function stopAsking(): CallEffect[] {
  return (['slow', 'ask-again', 'give-up'] as const).map((timer) => ({ type: 'stop-timer', timer }))
}
