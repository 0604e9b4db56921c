import type { HostCandidates } from '../../protocol/candidates.ts'
import type { Offer } from '../../protocol/description.ts'
import { frameBytes, MAX_FRAME_BYTES } from '../../protocol/frame.ts'
import type { Candidate } from '../../protocol/ice.ts'
import { fillFrame, fillFrames } from '../../protocol/pack-candidates.ts'

/** The offer with the candidates so far, and what of them did not fit its frame. Null: the SDP alone is too long. */
export function packOffer(
  { id: call, sdp, signature }: { readonly id: string; readonly sdp: string; readonly signature: string },
  candidates: readonly Candidate[],
  done: boolean,
): readonly [Offer, ...HostCandidates[]] | null {
  const empty = { type: 'offer', call, sdp, signature } as const
  if (frameBytes({ ...empty, candidates: [] }) > MAX_FRAME_BYTES) return null
  const { frame, rest } = fillFrame(empty, candidates, done)
  return [frame, ...packCandidates(call, rest, done)]
}

export function packCandidates(
  call: string,
  candidates: readonly Candidate[],
  done: boolean,
): HostCandidates[] {
  return fillFrames({ type: 'candidates', call } as const, candidates, done)
}
