import type { HostCandidates } from '../../protocol/candidates.ts'
import type { Offer } from '../../protocol/description.ts'
import { MAX_FRAME_BYTES } from '../../protocol/frame.ts'
import { type Candidate, MAX_CANDIDATES_PER_MESSAGE } from '../../protocol/ice.ts'

/** The offer with the candidates so far, and what of them did not fit its frame. Null: the SDP alone is too long. */
export function packOffer(
  call: string,
  sdp: string,
  candidates: readonly Candidate[],
  done: boolean,
): readonly [Offer, ...HostCandidates[]] | null {
  const empty: Offer = { type: 'offer', call, sdp, candidates: [] }
  if (frameBytes(empty) > MAX_FRAME_BYTES) return null
  const first = takeFitting(candidates, MAX_FRAME_BYTES - frameBytes({ ...empty, done }))
  const rest = candidates.slice(first.length)
  const complete = done && rest.length === 0
  return [{ ...empty, candidates: first, ...(complete ? { done } : {}) }, ...packCandidates(call, rest, done)]
}

/** As many frames as it takes, none where there is no candidate; the last of them says `done`. */
export function packCandidates(
  call: string,
  candidates: readonly Candidate[],
  done: boolean,
): HostCandidates[] {
  const empty: HostCandidates = { type: 'candidates', call, candidates: [], done: true }
  const frames: HostCandidates[] = []
  let rest = candidates
  while (rest.length > 0) {
    const batch = takeFitting(rest, MAX_FRAME_BYTES - frameBytes(empty))
    rest = rest.slice(batch.length)
    const last = rest.length === 0
    frames.push({ type: 'candidates', call, candidates: batch, ...(done && last ? { done: true } : {}) })
  }
  return frames
}

function takeFitting(candidates: readonly Candidate[], roomBytes: number): Candidate[] {
  const fitting: Candidate[] = []
  let used = 0
  for (const candidate of candidates.slice(0, MAX_CANDIDATES_PER_MESSAGE)) {
    used += frameBytes(candidate) + 1
    if (used > roomBytes) break
    fitting.push(candidate)
  }
  return fitting
}

function frameBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
