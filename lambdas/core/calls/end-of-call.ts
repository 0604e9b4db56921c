import { type ErrorMessage, errorMessage } from '../../../protocol/error.ts'
import { HANGUP_REASONS, type Hangup } from '../../../protocol/hangup.ts'
import type { CallRecord } from '../records.ts'
import { NEVER_BEGAN } from './watching.ts'

/** Longer than any message may be late, or be repeated because nobody said that it came. */
export const LATE_MS = 10 * 60_000

/** What a viewer hears that asks for a call that is over: as it would have heard it then. */
export function endOfCall({ call, endReason }: CallRecord): Hangup | ErrorMessage {
  if (endReason === null || endReason === NEVER_BEGAN) return errorMessage('call-ended', { call })
  return isHangupReason(endReason)
    ? { type: 'hangup', call, reason: endReason }
    : { type: 'error', code: endReason, call }
}

/** Whether its end may be said again to whoever was to hear of it, for it may have been lost [R18]. */
export function endMayBeRepeated({ endedAt, endReason }: CallRecord, now: number): boolean {
  return endReason !== NEVER_BEGAN && endedAt !== null && now - endedAt < LATE_MS
}

function isHangupReason(reason: string): boolean {
  return (HANGUP_REASONS as readonly string[]).includes(reason)
}
