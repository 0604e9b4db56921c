import type { ErrorCode } from '../../protocol/error-codes.ts'
import type { Answered, ViewerOperation } from '../../protocol/operations.ts'

/** What became of a request. */
export type AskResult<Op extends ViewerOperation> =
  | { readonly kind: 'done'; readonly answer: Answered<Op> }
  | NotDone

export type NotDone =
  /** `no-reply`: it may have been done; asking again does no harm. A newer cloud may send a code not known here. */
  | {
      readonly kind: 'refused'
      readonly code: ErrorCode | 'no-reply' | (string & {})
      readonly detail?: string
    }
  /** There is no link to the cloud at the moment. */
  | { readonly kind: 'not-sent' }
