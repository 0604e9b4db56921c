import type { Candidate } from '../../protocol/ice.ts'

/** Equal for a repeated candidate. */
export function candidateKey(candidate: Candidate): string {
  return `${candidate.sdpMid ?? ''}/${candidate.sdpMLineIndex ?? ''}/${candidate.candidate}`
}
