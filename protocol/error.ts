import * as v from 'valibot'
import type { ErrorCode } from './error-codes.ts'
import { CallId } from './identifiers.ts'

/** `detail` is for a person to read: the field that is wrong, or the camera's own words. */
export const ErrorMessage = v.object({
  type: v.literal('error'),
  code: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)),
  call: v.optional(CallId),
  detail: v.optional(v.pipe(v.string(), v.maxLength(500))),
})
export type ErrorMessage = v.InferOutput<typeof ErrorMessage>

export function errorMessage(
  code: ErrorCode,
  about: { call?: string | undefined; detail?: string | undefined } = {},
): ErrorMessage {
  return {
    type: 'error',
    code,
    ...(about.call === undefined ? {} : { call: about.call }),
    ...(about.detail === undefined ? {} : { detail: about.detail.slice(0, 500) }),
  }
}

/** What a host says of a call of its own. */
export const HostError = v.object({ ...ErrorMessage.entries, call: CallId })
export type HostError = v.InferOutput<typeof HostError>
