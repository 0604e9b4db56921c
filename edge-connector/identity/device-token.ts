import { DEVICE_TOKEN_SECONDS, DEVICE_TOKEN_TYPE, type DeviceClaims } from '../../protocol/device-token.ts'
import type { DeviceSigner } from './device-signer.ts'

/** What the device shows of itself for one connection [R31]. */
export function deviceToken(
  signer: DeviceSigner,
  claims: {
    /** The address that the socket is opened to, letter by letter. */
    readonly audience: string
    /** Epoch ms. */
    readonly now: number
    /** 128 random bits, base64url. */
    readonly jti: string
  },
): string {
  const { audience, now, jti } = claims
  const iat = Math.floor(now / 1_000)
  const said: DeviceClaims = { sub: signer.device, aud: audience, iat, exp: iat + DEVICE_TOKEN_SECONDS, jti }
  return signer.sign(DEVICE_TOKEN_TYPE, said)
}
