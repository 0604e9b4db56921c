import { createHash } from 'node:crypto'
import { type DeviceJwk, thumbprintInput } from '../../protocol/jws.ts'

/** RFC 7638. The device's id is this. */
export function thumbprint(jwk: DeviceJwk): string {
  return createHash('sha256').update(thumbprintInput(jwk)).digest('base64url')
}
