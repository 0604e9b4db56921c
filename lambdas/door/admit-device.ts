import { calculateJwkThumbprint, compactVerify, EmbeddedJWK } from 'jose'
import * as v from 'valibot'
import { DEVICE_TOKEN_SECONDS, DEVICE_TOKEN_TYPE, DeviceClaims } from '../../protocol/device-token.ts'
import { readDeviceJws } from '../../protocol/jws.ts'
import type { Device, Nobody } from '../core/principal.ts'
import { type Refused, refused } from './admission.ts'
import type { TokenStore } from './ports.ts'

/** Beside the token's own life: what a device's reckoning by the cloud's time may be off by. */
const DEVICE_CLOCK_LEEWAY_SECONDS = 5
/** Longer than any token is good for by the clock of any instance. */
const USED_TOKEN_MS = 10 * 60_000

export interface DeviceDoor {
  /** The address that devices open their socket to. */
  readonly socketUrl: string
  readonly store: TokenStore
  /** Epoch ms. */
  now(): number
}

export async function admitDevice(token: string, door: DeviceDoor): Promise<Device | Nobody | Refused> {
  const jws = readDeviceJws(token, DEVICE_TOKEN_TYPE)
  const claims = v.safeParse(DeviceClaims, jws?.payload)
  if (jws === null || !claims.success) return refused('malformed-token')
  const { sub, aud, iat, exp, jti } = claims.output
  if ((await calculateJwkThumbprint(jws.header.jwk)) !== sub) return refused('wrong-key')
  if (!(await isSigned(token))) return refused('wrong-signature')
  if (aud !== door.socketUrl) return refused('wrong-audience')
  if (exp <= iat || exp - iat > DEVICE_TOKEN_SECONDS) return refused('wrong-lifetime')

  const seconds = door.now() / 1000
  if (seconds < iat - DEVICE_CLOCK_LEEWAY_SECONDS || seconds > exp + DEVICE_CLOCK_LEEWAY_SECONDS) {
    return { kind: 'nobody', reason: 'clock-wrong' }
  }
  // Last, so that only the device itself can use a token up.
  const first = await door.store.useToken(sub, jti, door.now() + USED_TOKEN_MS)
  return first ? { kind: 'device', id: sub } : refused('used-token')
}

async function isSigned(token: string): Promise<boolean> {
  try {
    await compactVerify(token, EmbeddedJWK, { algorithms: ['EdDSA'] })
    return true
  } catch {
    // Whatever it is, it is the token's fault: there is nothing else that could fail here.
    return false
  }
}
