import { errorRule } from '../../../protocol/error-codes.ts'
import { type CallStep, fail, isWatching, stay } from './call-effects.ts'
import { MAX_RESENDS, RESUME_AGAIN_MS, RETRY_MS } from './call-patience.ts'
import type { CallEvent, Live } from './call-state.ts'
import type { Failure } from './failure.ts'

export function stepError(state: Live, { code, detail }: Extract<CallEvent, { type: 'error' }>): CallStep {
  const { action, ends } = errorRule(code)
  const failure: Failure = { code, ...(detail === undefined ? {} : { detail }) }
  if (ends !== 'nothing') {
    const { call, camera } = state
    return { state: { phase: 'failed', call, camera, failure }, effects: [{ type: 'release' }] }
  }
  if (action === 'retry') return retry(state, code)
  // Before the offer there is nothing yet that could go on [R16, R17].
  return state.phase === 'calling' ? fail(state, failure) : stay(state)
}

/** What was sent last did not arrive. The call's own patience limits how long this goes on. */
function retry(state: Live, code: string): CallStep {
  if (state.phase === 'calling' && (state.progress === 'asked' || state.progress === 'slow')) {
    return { state, effects: [{ type: 'start-timer', timer: 'ask-again', ms: RETRY_MS }] }
  }
  if (state.phase === 'connecting' && state.resends < MAX_RESENDS) {
    return { state, effects: [{ type: 'start-timer', timer: 'resend', ms: RETRY_MS }] }
  }
  // It may have been the `resume`, without which the cloud looks for this viewer where it is no more. A host that is
  // away is not asked: the picture does without it.
  if (code === 'internal' && isWatching(state)) {
    return { state, effects: [{ type: 'start-timer', timer: 'resume-again', ms: RESUME_AGAIN_MS }] }
  }
  return stay(state)
}
