import { createHash, type KeyObject } from 'node:crypto'

/** RFC 7638: the members of the public JWK in the order of their names, without blanks. The device id is this. */
export function thumbprint(publicKey: KeyObject): string {
  const { crv, kty, x } = publicKey.export({ format: 'jwk' })
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
}
