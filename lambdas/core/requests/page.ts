import { MAX_FRAME_BYTES, takeFitting } from '../../../protocol/frame.ts'
import type { Answered, Operation } from '../../../protocol/operations.ts'
import { done, type Result, refused } from './result.ts'

/** Of the reply around a page, its cursor included. */
const ENVELOPE_BYTES = 512

/** Where something stands in a list that is ordered by time: the time, and an id for those of the same time. */
interface Position {
  readonly at: number
  readonly id: string
}

type Order = 'newest-first' | 'oldest-first'

/**
 * Answers with as many as a frame has room for, from where the cursor says. It names the last that was shown, so that what comes
 * and goes meanwhile moves nothing else.
 */
export function pageOf<Op extends Operation, Part extends object>(
  parts: readonly Part[],
  positionOf: (part: Part) => Position,
  order: Order,
  cursor: string | undefined,
  answerOf: (shown: Part[]) => Answered<Op>,
): Result<Op> {
  const from = cursor === undefined ? null : readCursor(cursor)
  if (cursor !== undefined && from === null) return refused('bad-message', 'cursor: is none of ours')
  const direction = order === 'oldest-first' ? 1 : -1
  const left = parts
    .toSorted((a, b) => direction * compare(positionOf(a), positionOf(b)))
    .filter((part) => from === null || direction * compare(positionOf(part), from) > 0)
  const shown = takeFitting(left, MAX_FRAME_BYTES - ENVELOPE_BYTES)
  const last = shown.at(-1)
  const answer = answerOf(shown)
  if (last === undefined || shown.length === left.length) return done<Op>(answer)
  return done<Op>({ ...answer, cursor: writeCursor(positionOf(last)) })
}

function compare(a: Position, b: Position): number {
  if (a.at !== b.at) return a.at - b.at
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
}

function writeCursor({ at, id }: Position): string {
  return `${at}.${id}`
}

function readCursor(cursor: string): Position | null {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor) ?? []
  return at === undefined || id === undefined ? null : { at: Number(at), id }
}
