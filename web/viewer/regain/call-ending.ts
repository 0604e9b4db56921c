import { errorRule } from '../../../protocol/error-codes.ts'
import type { HangupReason } from '../../../protocol/hangup.ts'
import type { CallState } from '../call/call-state.ts'
import type { LocalFailure } from '../call/failure.ts'

/**
 * What the end of a call says about the next one. `final`: it is not to be made. `busy`: others have the places.
 * `away`: the camera, or its connector, is not there.
 */
export type Ending = 'final' | 'busy' | 'away' | 'lost'

type Over = Extract<CallState, { phase: 'ended' | 'failed' }>

export function endingOf(state: Over): Ending {
  if (state.phase === 'ended') return own(REASONS, state.reason) ?? 'final'
  const { code } = state.failure
  return own(CODES, code) ?? (errorRule(code).action === 'retry' ? 'lost' : 'final')
}

/** A reason that is not known here may be one that stands. */
const REASONS: Record<HangupReason, Ending> = {
  'viewer-left': 'lost',
  'viewer-silent': 'lost',
  'viewer-failed': 'lost',
  'viewer-away': 'lost',
  'camera-closed': 'lost',
  'connector-stopped': 'lost',
  'connector-restarted': 'lost',
  'media-lost': 'lost',
  'taken-over': 'final',
  'access-expired': 'final',
  'access-revoked': 'final',
  'signed-out': 'final',
  'device-unpaired': 'final',
  'called-again': 'final',
  'offer-not-genuine': 'final',
}

/** Where the table of errors does not say it, or says it of one call alone. */
const CODES: Record<LocalFailure, Ending> & Record<string, Ending> = {
  'camera-busy': 'busy',
  'link-full': 'busy',
  'camera-offline': 'away',
  'camera-unreachable': 'away',
  'call-ended': 'lost',
  'call-taken': 'lost',
  'no-reply': 'lost',
  'no-path': 'lost',
  'browser-stuck': 'lost',
  'no-picture': 'lost',
  // Nobody is there to start the picture: the camera is not to be kept busy by calling again.
  'not-started': 'final',
  'media-lost': 'lost',
  'browser-refused': 'final',
  'offer-not-genuine': 'final',
  'new-device': 'final',
  'wrong-device': 'final',
}

function own(endings: Readonly<Record<string, Ending>>, key: string): Ending | undefined {
  return Object.hasOwn(endings, key) ? endings[key] : undefined
}
