import { errorMessage } from '../../protocol/error.ts'
import type { ErrorCode } from '../../protocol/error-codes.ts'
import type { HangupReason } from '../../protocol/hangup.ts'
import type { CallStep, Ending, RunningCall } from './call-state.ts'

/** The only way out of a call: whatever the reason, the camera is hung up and nothing goes on ticking. */
function endCall(state: RunningCall, ending: Ending, own: boolean): CallStep {
  return {
    state: { phase: 'ended', id: state.id, ending, own },
    effects: [
      { type: 'stop-timers' },
      { type: 'hangup-camera' },
      ...(own ? [{ type: 'send', message: ending } as const] : []),
    ],
  }
}

export function hangUp(state: RunningCall, reason: HangupReason): CallStep {
  return endCall(state, { type: 'hangup', call: state.id, reason }, true)
}

/** The viewer or the cloud ended it: a hangup is not answered [R18]. */
export function wasHungUp(state: RunningCall, reason: string): CallStep {
  return endCall(state, { type: 'hangup', call: state.id, reason }, false)
}

export function failCall(state: RunningCall, code: ErrorCode, detail: string): CallStep {
  return endCall(state, { ...errorMessage(code, { detail }), call: state.id }, true)
}
