import type { FunctionLogLine, InvocationReport } from './functions/invocation.ts'
import type { Refusal } from './iam/refusal.ts'

export type CloudLogEntry =
  /** Something that a function printed. */
  | ({ readonly kind: 'function-line' } & FunctionLogLine)
  | ({ readonly kind: 'invocation' } & InvocationReport)
  /** A line of a stage's access log, in the format that the template gives it. */
  | { readonly kind: 'access'; readonly line: string }
  /** A function called what its role does not allow. */
  | ({ readonly kind: 'refused' } & Refusal)

export type CloudLog = (entry: CloudLogEntry) => void
