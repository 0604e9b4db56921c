import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { Credential } from '../protocol/credentials.ts'
import { DEVICE_TOKEN_SECONDS, DEVICE_TOKEN_TYPE, type DeviceClaims } from '../protocol/device-token.ts'
import { type DeviceJwk, jwsInput, thumbprintInput } from '../protocol/jws.ts'
import { fingerprintsOf, OFFER_TYPE } from '../protocol/offer-statement.ts'

export interface DeviceKey {
  /** Its id. */
  readonly device: string
  /** A fresh credential for this socket [R31]. */
  credential(audience: string, changes?: Partial<DeviceClaims>): Credential
  /** The signature of an offer [R42]. */
  signOffer(offer: { readonly call: string; readonly camera: string; readonly sdp: string }): string
}

/** A device that is nothing but a key. */
export function makeDeviceKey(): DeviceKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const jwk: DeviceJwk = { crv: 'Ed25519', kty: 'OKP', x }
  const device = createHash('sha256').update(thumbprintInput(jwk)).digest('base64url')
  const jws = (type: string, payload: object): string => {
    const input = jwsInput(type, jwk, payload)
    return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
  }
  return {
    device,
    credential(audience, changes = {}) {
      const iat = Math.floor(Date.now() / 1000)
      const jti = randomBytes(16).toString('base64url')
      const claims = { sub: device, aud: audience, iat, exp: iat + DEVICE_TOKEN_SECONDS, jti, ...changes }
      return { kind: 'device', token: jws(DEVICE_TOKEN_TYPE, claims) }
    },
    signOffer({ call, camera, sdp }) {
      const digest = createHash('sha256').update(sdp).digest('base64url')
      return jws(OFFER_TYPE, { call, camera, fingerprints: fingerprintsOf(sdp), digest })
    },
  }
}
