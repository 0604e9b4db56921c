import type { ErrorCode } from '../../../protocol/error-codes.ts'
import type { Answered, Operation } from '../../../protocol/operations.ts'

export interface Done<Op extends Operation> {
  readonly kind: 'done'
  readonly answer: Answered<Op>
  /** What is done only once the asker has its answer. */
  afterwards?(): Promise<void>
}

export interface Refused {
  readonly kind: 'refused'
  readonly code: ErrorCode
  readonly detail: string | undefined
}

export type Result<Op extends Operation> = Done<Op> | Refused

export function done<Op extends Operation>(answer: Answered<Op>, afterwards?: () => Promise<void>): Done<Op> {
  return { kind: 'done', answer, ...(afterwards === undefined ? {} : { afterwards }) }
}

export function refused(code: ErrorCode, detail?: string): Refused {
  return { kind: 'refused', code, detail }
}
