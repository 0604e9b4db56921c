import * as v from 'valibot'
import { errorMessage } from '../../protocol/error.ts'
import { ViewerHangup } from '../../protocol/hangup.ts'
import type { CallMessage } from './call-message.ts'
import type { Ending, ToHost } from './call-state.ts'

/** A message of a call, except the one that begins it. */
export type StrayMessage = Exclude<ToHost, { type: 'call' }>

/**
 * What is said to a message of a call that does not run here; null: nothing. A hangup and an error are never
 * answered, so that no two ends can go on telling each other that all is over [R18].
 */
export function answerStray(message: StrayMessage, ended: Ending | undefined): CallMessage | null {
  const { type, call } = message
  if (type === 'hangup' || type === 'error') return null
  if (ended === undefined) return { ...errorMessage('unknown-call'), call }
  // [R47] Who still believes in the call has missed its end; candidates may just be late.
  if (type === 'resume') return ended
  return (type === 'alive' || type === 'answer') && !isViewersWord(ended) ? ended : null
}

/** A viewer that has hung up knows of it, whatever of its call was still on the way. */
function isViewersWord(ended: Ending): boolean {
  return ended.type === 'hangup' && v.is(ViewerHangup.entries.reason, ended.reason)
}
