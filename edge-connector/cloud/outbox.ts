import type { Alive } from '../../protocol/alive.ts'
import { errorRule } from '../../protocol/error-codes.ts'
import type { CallMessage } from '../calls/call-message.ts'

/** An offer that is older than this is of no use: the viewer has called again by then. */
const FRESH_MS = 10_000
/**
 * That a call is over stays true, and a viewer that does not learn it keeps looking at a still picture. A line may
 * have been dead for 45 s before that is known, and coming back takes its time.
 */
const ENDING_MS = 45_000 + 60_000
const MAX_MESSAGES = 200

interface Entry {
  readonly message: CallMessage
  readonly expiresAt: number
}

/**
 * What the cloud may not have heard: all that was said while it could not be reached, and every end of a call for a
 * while after it was said, whatever was thought of the line.
 */
export interface Outbox {
  readonly entries: readonly Entry[]
}

export const EMPTY_OUTBOX: Outbox = { entries: [] }

/** Whether somebody is there is asked of the moment: nobody wants the answer later. */
export function putInto(outbox: Outbox, message: CallMessage | Alive, now: number): Outbox {
  if (message.type === 'alive') return outbox
  const ending = isEnding(message)
  const kept = outbox.entries.filter(
    (entry) => entry.expiresAt > now && !(ending && entry.message.call === message.call),
  )
  const entry = { message, expiresAt: now + (ending ? ENDING_MS : FRESH_MS) }
  return { entries: makeRoom([...kept, entry]) }
}

export function takeFrom(outbox: Outbox, now: number): readonly CallMessage[] {
  return outbox.entries.filter((entry) => entry.expiresAt > now).map((entry) => entry.message)
}

/** Once all is said: an end may have gone into a dead line, and saying it twice does no harm [R18]. */
export function onceSaid(outbox: Outbox): Outbox {
  return { entries: outbox.entries.filter(({ message }) => isEnding(message)) }
}

function makeRoom(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= MAX_MESSAGES) return entries
  const place = entries.findIndex((entry) => !isEnding(entry.message))
  return entries.filter((_, index) => index !== Math.max(0, place))
}

function isEnding(message: CallMessage): boolean {
  if (message.type === 'error') return errorRule(message.code).ends === 'call'
  return message.type === 'hangup'
}
