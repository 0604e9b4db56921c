import { assertNever } from '../assert-never.ts'
import { addCandidates, type CallStep, fail, hangUp, replacing, stopAsking } from './call-effects.ts'
import { BEGIN_MS } from './call-patience.ts'
import type { CallEvent, Calling, Verifying } from './call-state.ts'
import { NO_CANDIDATES, takeFresh } from './candidates.ts'
import type { Verdict } from './verify-offer.ts'

/** The host has answered; how long its word may take to verify is still limited. */
export function takeOffer(state: Calling, offer: Extract<CallEvent, { type: 'offer' }>): CallStep {
  const { call, camera } = state
  const { sdp, signature, candidates } = offer
  const { fresh } = takeFresh(new Set(), [...candidates, ...state.early])
  return {
    state: { phase: 'verifying', call, camera, ...replacing(state), sdp, early: fresh },
    effects: [
      { type: 'verify-offer', offer: { call, camera, sdp, signature } },
      { type: 'stop-timer', timer: 'slow' },
      { type: 'stop-timer', timer: 'ask-again' },
    ],
  }
}

export function takeVerdict(state: Verifying, verdict: Verdict): CallStep {
  const { call, camera } = state
  switch (verdict.kind) {
    case 'genuine': {
      const { heard, fresh } = takeFresh(new Set(), state.early)
      return {
        state: { phase: 'answering', call, camera, ...replacing(state), heard, own: NO_CANDIDATES },
        effects: [
          { type: 'apply-offer', sdp: state.sdp },
          ...addCandidates(fresh),
          ...stopAsking(),
          { type: 'start-timer', timer: 'begin', ms: BEGIN_MS },
        ],
      }
    }
    case 'not-genuine': {
      const failure = { code: 'offer-not-genuine' } as const
      return hangUp(state, 'offer-not-genuine', { phase: 'failed', call, camera, failure })
    }
    case 'cannot-tell':
      return fail(state, { code: 'browser-refused', detail: verdict.detail })
    default:
      return assertNever(verdict)
  }
}
