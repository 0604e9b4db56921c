import * as v from 'valibot'
import { DeviceId } from './identifiers.ts'

export const DEVICE_TOKEN_TYPE = 'mihari-device+jwt'

/** How long a device's token is good for. */
export const DEVICE_TOKEN_SECONDS = 60

/** What a device says of itself when it connects. Times in epoch seconds (RFC 7519 section 4.1). */
export const DeviceClaims = v.object({
  /** The device: the thumbprint of the key in the header. */
  sub: DeviceId,
  /** The address that the socket is opened to, as the device has it: a token is of no use anywhere else. */
  aud: v.string(),
  iat: v.pipe(v.number(), v.integer()),
  exp: v.pipe(v.number(), v.integer()),
  /** Used once. */
  jti: v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
})
export type DeviceClaims = v.InferOutput<typeof DeviceClaims>
