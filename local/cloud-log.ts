import type { FunctionLogLine, InvocationReport } from './functions/invocation.ts'
import type { Refusal } from './iam/refusal.ts'
import type { Mail } from './identity/mail.ts'

export type CloudLogEntry =
  /** Something that a function printed. */
  | ({ readonly kind: 'function-line' } & FunctionLogLine)
  | ({ readonly kind: 'invocation' } & InvocationReport)
  /** A line of a stage's access log, in the format that the template gives it. */
  | { readonly kind: 'access'; readonly line: string }
  /** A function called what its role does not allow. */
  | ({ readonly kind: 'refused' } & Refusal)
  /** An invitation, or a link that somebody asked for; it is mailed to nobody from here. */
  | ({ readonly kind: 'mail' } & Mail)
  /** A request to the identity provider failed for a reason that lies in it. */
  | { readonly kind: 'identity-failed'; readonly error: string }

export type CloudLog = (entry: CloudLogEntry) => void
