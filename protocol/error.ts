import * as v from 'valibot'
import type { ErrorCode } from './error-codes.ts'
import { CallId } from './identifiers.ts'

/** `detail` is for a person to read: the field that is wrong, or the camera's own words. */
export const ErrorMessage = v.object({
  type: v.literal('error'),
  code: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)),
  call: v.optional(CallId),
  detail: v.optional(v.pipe(v.string(), v.maxLength(500))),
  /** Epoch ms: the cloud's time, for a device whose clock is wrong. */
  now: v.optional(v.pipe(v.number(), v.integer())),
})
export type ErrorMessage = v.InferOutput<typeof ErrorMessage>

export function errorMessage(
  code: ErrorCode,
  about: { call?: string | undefined; detail?: string | undefined; now?: number } = {},
): ErrorMessage {
  return {
    type: 'error',
    code,
    ...(about.call === undefined ? {} : { call: about.call }),
    ...(about.detail === undefined ? {} : { detail: about.detail.slice(0, 500) }),
    ...(about.now === undefined ? {} : { now: about.now }),
  }
}

/** What a host says of a call of its own. */
export const HostError = v.object({ ...ErrorMessage.entries, call: CallId })
export type HostError = v.InferOutput<typeof HostError>
