import { type Candidate, candidateKey, MAX_CANDIDATES_PER_CALL } from '../../protocol/ice.ts'

/** The viewer's candidates; `held` wait until the camera has the answer. */
export interface IncomingCandidates {
  readonly keys: readonly string[]
  readonly held: readonly Candidate[]
  readonly tooMany: boolean
}

export const NO_INCOMING: IncomingCandidates = { keys: [], held: [], tooMany: false }

/** `fresh` are those that had not come before; `overflow` is true the first time that there are too many. */
export function addIncoming(
  incoming: IncomingCandidates,
  candidates: readonly Candidate[],
): {
  readonly incoming: IncomingCandidates
  readonly fresh: readonly Candidate[]
  readonly overflow: boolean
} {
  const keys = new Set(incoming.keys)
  const fresh: Candidate[] = []
  let tooMany = incoming.tooMany
  for (const candidate of candidates) {
    // An empty one says that its section has no more, for which UV4L has no word.
    if (candidate.candidate === '' || keys.has(candidateKey(candidate))) continue
    if (keys.size >= MAX_CANDIDATES_PER_CALL) tooMany = true
    else {
      keys.add(candidateKey(candidate))
      fresh.push(candidate)
    }
  }
  return {
    incoming: { ...incoming, keys: [...keys], tooMany },
    fresh,
    overflow: tooMany && !incoming.tooMany,
  }
}
