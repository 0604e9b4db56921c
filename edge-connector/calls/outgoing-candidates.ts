import * as v from 'valibot'
import { Candidate, candidateKey, MAX_CANDIDATES_PER_CALL } from '../../protocol/ice.ts'

/** The camera's candidates, in the order in which they came; the first `sent` of them have gone to the viewer. */
export interface OutgoingCandidates {
  readonly known: readonly Candidate[]
  readonly sent: number
  /** Frames of candidates that have gone out after the offer. */
  readonly batches: number
  readonly done: boolean
}

export const NO_OUTGOING: OutgoingCandidates = { known: [], sent: 0, batches: 0, done: false }

/**
 * The camera's own addresses come right after its offer. To wait for them costs less than to send, carry and read a
 * message more while the browser is busy with the offer.
 */
export const WITH_OFFER_MS = 3

/**
 * Each batch costs two billed messages. The first one is short, because the viewer needs about as long to read
 * the offer; candidates that come later have been through STUN and come in a trickle.
 */
const BATCH_WINDOWS_MS = [20, 150, 500] as const

export function batchWindowMs(batches: number): number {
  return BATCH_WINDOWS_MS[Math.min(batches, BATCH_WINDOWS_MS.length - 1)] ?? 0
}

/** Drops what is no candidate on the wire, what is known, and what is too much [R17]. */
export function addOutgoing(
  outgoing: OutgoingCandidates,
  candidates: readonly unknown[],
  done: boolean,
): { readonly outgoing: OutgoingCandidates; readonly dropped: number } {
  const known = [...outgoing.known]
  const keys = new Set(known.map(candidateKey))
  let dropped = 0
  for (const value of candidates) {
    const result = v.safeParse(Candidate, value)
    const usable = result.success && result.output.candidate !== ''
    if (!usable || known.length >= MAX_CANDIDATES_PER_CALL) dropped += 1
    else if (!keys.has(candidateKey(result.output))) {
      keys.add(candidateKey(result.output))
      known.push(result.output)
    }
  }
  return { outgoing: { ...outgoing, known, done: outgoing.done || done }, dropped }
}

export function unsent(outgoing: OutgoingCandidates): readonly Candidate[] {
  return outgoing.known.slice(outgoing.sent)
}

export function allSent(outgoing: OutgoingCandidates): OutgoingCandidates {
  return { ...outgoing, sent: outgoing.known.length }
}
