import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import * as v from 'valibot'
import { DEVICE_TOKEN_SECONDS, DEVICE_TOKEN_TYPE, DeviceClaims } from '../../protocol/device-token.ts'

export type TokenVerdict =
  | { readonly kind: 'good' | 'untimely'; readonly device: string }
  | { readonly kind: 'forged' }

/** As strict as the cloud with a device's token [R31], and by a library that the connector does not use. */
export function createTokenCheck(cloud: { readonly audience: string; readonly now: () => number }) {
  const used = new Set<string>()
  return async (token: string): Promise<TokenVerdict> => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, EmbeddedJWK, {
        algorithms: ['EdDSA'],
        typ: DEVICE_TOKEN_TYPE,
        audience: cloud.audience,
        // Its times are compared below, for they are told apart from a forgery.
        clockTolerance: Number.MAX_SAFE_INTEGER,
      })
      const { sub, iat, exp, jti } = v.parse(DeviceClaims, payload)
      const { jwk } = protectedHeader
      if (jwk === undefined || (await calculateJwkThumbprint(jwk)) !== sub) return { kind: 'forged' }
      if (exp - iat > DEVICE_TOKEN_SECONDS || used.has(jti)) return { kind: 'forged' }
      used.add(jti)
      const now = cloud.now() / 1_000
      return { kind: iat <= now + 1 && now < exp ? 'good' : 'untimely', device: sub }
    } catch {
      return { kind: 'forged' }
    }
  }
}
