import type { ErrorCode } from '../../protocol/error-codes.ts'

/** What goes wrong on the viewer's own side of a call. */
export const LOCAL_FAILURES = ['no-reply', 'no-path', 'no-picture', 'media-lost', 'browser-refused'] as const
export type LocalFailure = (typeof LOCAL_FAILURES)[number]

export interface Failure {
  /** A newer peer may send a code that is not known here. */
  readonly code: ErrorCode | LocalFailure | (string & {})
  /** For a person to read, in the words of whoever failed. */
  readonly detail?: string
}
