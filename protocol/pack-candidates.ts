import { frameBytes, MAX_FRAME_BYTES, takeFitting } from './frame.ts'
import { type Candidate, MAX_CANDIDATES_PER_MESSAGE } from './ice.ts'

interface Filled {
  readonly candidates: Candidate[]
  readonly done?: true
}

/**
 * The message with as many of the candidates as its frame has room for, and those left over. `done` says that no
 * other candidate exists; the message says so when none is left over.
 */
export function fillFrame<Message extends object>(
  message: Message,
  candidates: readonly Candidate[],
  done: boolean,
): { readonly frame: Message & Filled; readonly rest: readonly Candidate[] } {
  const fitting = takeFitting(
    candidates.slice(0, MAX_CANDIDATES_PER_MESSAGE),
    MAX_FRAME_BYTES - frameBytes({ ...message, candidates: [], done: true }),
  )
  const rest = candidates.slice(fitting.length)
  return { frame: { ...message, candidates: fitting, ...(done && rest.length === 0 ? { done } : {}) }, rest }
}

/** As many frames as it takes, none where there is no candidate. */
export function fillFrames<Message extends object>(
  message: Message,
  candidates: readonly Candidate[],
  done: boolean,
): (Message & Filled)[] {
  const frames: (Message & Filled)[] = []
  let left = candidates
  while (left.length > 0) {
    const { frame, rest } = fillFrame(message, left, done)
    if (frame.candidates.length === 0) throw new Error('a message that has no room for a single candidate')
    frames.push(frame)
    left = rest
  }
  return frames
}
