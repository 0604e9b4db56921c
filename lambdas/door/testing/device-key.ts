import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { DEVICE_TOKEN_TYPE } from '../../../protocol/device-token.ts'
import { type DeviceJwk, jwsInput, thumbprintInput } from '../../../protocol/jws.ts'
import { NOW_SECONDS } from './issuer.ts'

export const SOCKET_URL = 'wss://socket.example/v1'

/** A device's key, and what it signs. */
export function deviceKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  const jwk: DeviceJwk = { crv: 'Ed25519', kty: 'OKP', x: x ?? '' }
  const id = createHash('sha256').update(thumbprintInput(jwk)).digest('base64url')
  const signed = (input: string): string =>
    `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
  const claims = (changes: object = {}) => ({
    sub: id,
    aud: SOCKET_URL,
    iat: NOW_SECONDS,
    exp: NOW_SECONDS + 60,
    jti: randomBytes(16).toString('base64url'),
    ...changes,
  })
  return {
    id,
    jwk,
    signed,
    claims,
    token: (changes: object = {}, typ = DEVICE_TOKEN_TYPE) => signed(jwsInput(typ, jwk, claims(changes))),
  }
}
