import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { toBase64url } from '../../../protocol/base64url.ts'
import { type DeviceJwk, jwsInput, thumbprintInput } from '../../../protocol/jws.ts'

export interface SigningDevice {
  readonly id: string
  readonly jwk: DeviceJwk
  sign(typ: string, payload: unknown): string
  /** The device's signature on whatever text. */
  seal(input: string): string
}

/** A device with a key of its own, which signs what a test asks for. */
export function signingDevice(): SigningDevice {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const jwk: DeviceJwk = { crv: 'Ed25519', kty: 'OKP', x: publicKey.export({ format: 'jwk' }).x ?? '' }
  const seal = (input: string) => `${input}.${toBase64url(sign(null, Buffer.from(input), privateKey))}`
  return {
    id: createHash('sha256').update(thumbprintInput(jwk)).digest('base64url'),
    jwk,
    sign: (typ, payload) => seal(jwsInput(typ, jwk, payload)),
    seal,
  }
}
