import type { ViewerCandidates } from '../../../protocol/candidates.ts'
import type { Answer } from '../../../protocol/description.ts'
import { type Candidate, candidateKey, MAX_CANDIDATES_PER_CALL } from '../../../protocol/ice.ts'
import { fillFrame, fillFrames } from '../../../protocol/pack-candidates.ts'

/** The viewer's own, in the order in which they were gathered; the first `sent` of them have gone out. */
export interface OwnCandidates {
  readonly gathered: readonly Candidate[]
  readonly sent: number
  /** Frames of candidates that have gone out after the answer. */
  readonly batches: number
  /** Gathering is complete. */
  readonly done: boolean
}

export const NO_CANDIDATES: OwnCandidates = { gathered: [], sent: 0, batches: 0, done: false }

/**
 * Each batch costs two billed messages. The first window is about as long as STUN takes to answer; on a network of
 * one's own nothing waits for it, because the camera learns the viewer's address from its first check.
 */
const BATCH_WINDOWS_MS = [100, 500] as const

export function batchWindowMs({ batches }: OwnCandidates): number {
  return BATCH_WINDOWS_MS[Math.min(batches, BATCH_WINDOWS_MS.length - 1)] ?? 0
}

export function addOwn(own: OwnCandidates, candidate: Candidate): OwnCandidates {
  // An empty one only says that its section has no more.
  if (candidate.candidate === '' || own.gathered.length >= MAX_CANDIDATES_PER_CALL) return own
  return { ...own, gathered: [...own.gathered, candidate] }
}

export function hasUnsent(own: OwnCandidates): boolean {
  return own.sent < own.gathered.length
}

/** Nor will it be known that there is none: it was not looked for. */
export function hasNone({ gathered, done }: OwnCandidates): boolean {
  return gathered.length === 0 && !done
}

type Named = Pick<ViewerCandidates, 'call' | 'camera'>

/** The answer with the candidates so far, and what of them did not fit its frame; `done` as below. */
export function packAnswer(
  named: Named,
  sdp: string,
  own: readonly Candidate[],
  done: boolean,
): [Answer, ...ViewerCandidates[]] {
  const { call, camera } = named
  const { frame, rest } = fillFrame({ type: 'answer', call, camera, sdp } as const, own, done)
  return [frame, ...packCandidates(named, rest, done)]
}

/** As many frames as it takes; `done` says in the last of them that none follow. */
export function packCandidates(
  { call, camera }: Named,
  own: readonly Candidate[],
  done: boolean,
): ViewerCandidates[] {
  return fillFrames({ type: 'candidates', call, camera } as const, own, done)
}

/** Of the host's candidates those that have not come before [R17], and no more than one end may send. */
export function takeFresh(
  heard: ReadonlySet<string>,
  candidates: readonly Candidate[],
): { readonly heard: ReadonlySet<string>; readonly fresh: readonly Candidate[] } {
  const keys = new Set(heard)
  const fresh = candidates.filter((candidate) => {
    const key = candidateKey(candidate)
    if (keys.has(key) || keys.size >= MAX_CANDIDATES_PER_CALL) return false
    keys.add(key)
    return true
  })
  return { heard: keys, fresh }
}
