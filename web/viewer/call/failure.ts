import type { ErrorCode } from '../../../protocol/error-codes.ts'

/**
 * What goes wrong on the viewer's own side of a call. `browser-stuck`: it does not begin to connect.
 * `not-started`: the browser waited for a tap, and none came.
 * `offer-not-genuine`: not signed by the camera's device.
 * `new-device`: one that the person has not accepted yet. `wrong-device`: not the one that the guest's link names.
 */
export const LOCAL_FAILURES = [
  'no-reply',
  'no-path',
  'browser-stuck',
  'no-picture',
  'not-started',
  'media-lost',
  'browser-refused',
  'offer-not-genuine',
  'new-device',
  'wrong-device',
] as const
export type LocalFailure = (typeof LOCAL_FAILURES)[number]

export interface Failure {
  /** A newer peer may send a code that is not known here. */
  readonly code: ErrorCode | LocalFailure | (string & {})
  /** For a person to read, in the words of whoever failed. */
  readonly detail?: string
}
