import type { PresenceState } from '../../protocol/presence.ts'
import type { CallState } from '../viewer/call/call-state.ts'

const ALARMS: ReadonlySet<string> = new Set(['offer-not-genuine', 'wrong-device'])
/** Trying again cannot help before somebody else has done something. */
const FINAL: ReadonlySet<string> = new Set([
  'access-expired',
  'access-revoked',
  'device-unpaired',
  'signed-out',
  'new-device',
  'wrong-device',
])

const SHUT_OUT: ReadonlySet<string> = new Set(['access-expired', 'access-revoked'])

/** Somebody tried to pass for the camera: not to be taken for an ordinary failure. */
export function isAlarm(call: CallState): boolean {
  return ALARMS.has(overBecause(call))
}

export function mayTryAgain(call: CallState): boolean {
  return !FINAL.has(overBecause(call))
}

/** Its camera was removed since: what was said when the call ended would still bid to try again. */
export function isGone(call: CallState, camera: PresenceState): boolean {
  return camera === 'removed' && isOver(call) && mayTryAgain(call)
}

function isOver({ phase }: CallState): boolean {
  return phase === 'ended' || phase === 'failed'
}

/** The camera is no longer theirs to see, so nothing that is known of it is said any more. */
export function isShutOut(call: CallState): boolean {
  return SHUT_OUT.has(overBecause(call))
}

function overBecause(call: CallState): string {
  if (call.phase === 'failed') return call.failure.code
  return call.phase === 'ended' ? call.reason : ''
}
