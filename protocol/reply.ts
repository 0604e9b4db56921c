import * as v from 'valibot'
import type { ErrorCode } from './error-codes.ts'
import { RequestId } from './identifiers.ts'
import { type Answered, OPERATIONS, type Operation } from './operations.ts'

/** The one answer to a request: that it is done, with what was asked for, or why it is not. */
export const Reply = v.object({
  type: v.literal('reply'),
  id: RequestId,
  result: v.variant('kind', [
    v.object({ kind: v.literal('done'), answer: v.record(v.string(), v.unknown()) }),
    v.object({
      kind: v.literal('refused'),
      code: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)),
      detail: v.optional(v.pipe(v.string(), v.maxLength(500))),
    }),
  ]),
})
export type Reply = v.InferOutput<typeof Reply>

export function doneReply<Op extends Operation>(id: string, answer: Answered<Op>): Reply {
  return { type: 'reply', id, result: { kind: 'done', answer } }
}

export function refusedReply(id: string, code: ErrorCode, detail?: string): Reply {
  const said = detail === undefined ? {} : { detail: detail.slice(0, 500) }
  return { type: 'reply', id, result: { kind: 'refused', code, ...said } }
}

/** What was asked for; null when it is not what the operation answers. */
export function readAnswer<Op extends Operation>(op: Op, answer: unknown): Answered<Op> | null {
  const result = v.safeParse(OPERATIONS[op].answered, answer)
  // The table's schema of `op` is what `Answered<Op>` is inferred from, which the compiler cannot follow by index.
  return result.success ? (result.output as Answered<Op>) : null
}
