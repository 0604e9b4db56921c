import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { type DeviceJwk, jwsInput } from '../../protocol/jws.ts'
import { thumbprint } from './thumbprint.ts'

/** What a device can do with its key. The key itself does not leave this. */
export interface DeviceSigner {
  /** The device's id. */
  readonly device: string
  /** A compact JWS. The same payload always gives the same one: Ed25519 takes no random number. */
  sign(typ: string, payload: unknown): string
}

/** `key` is an Ed25519 private key. */
export function createDeviceSigner(key: KeyObject): DeviceSigner {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  const jwk: DeviceJwk = { crv: 'Ed25519', kty: 'OKP', x }
  return {
    device: thumbprint(jwk),
    sign(typ, payload) {
      const input = jwsInput(typ, jwk, payload)
      return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`
    },
  }
}
