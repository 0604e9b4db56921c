import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Nobody, Person } from '../core/principal.ts'
import { isSignedOut } from '../core/viewers/standing.ts'
import { type Refused, refused } from './admission.ts'
import { readIdToken } from './id-token.ts'
import type { DoorStore } from './ports.ts'

/** What the clocks of the issuer and of the cloud may differ by. */
export const ISSUER_CLOCK_LEEWAY_SECONDS = 30

export interface PersonDoor {
  readonly issuer: string
  readonly clientId: string
  /** Finds the issuer's key of a token. Rejects with other than a JOSEError when there are no keys to look in. */
  readonly keyOf: JWTVerifyGetKey
  readonly store: Pick<DoorStore, 'getPerson'>
  /** Epoch ms. */
  now(): number
}

export async function admitPerson(token: string, door: PersonDoor): Promise<Person | Nobody | Refused> {
  const verified = await verify(token, door)
  if (verified.kind === 'refused') return verified
  const { issuer, clientId, now } = door
  const read = readIdToken(verified.payload, { issuer, clientId })
  if (read === null || !isIdTokenType(decodeProtectedHeader(token).typ)) return refused('not-an-id-token')
  const latestMs = now() + ISSUER_CLOCK_LEEWAY_SECONDS * 1000
  if (read.issuedAt > latestMs || read.person.authenticatedAt > latestMs) return refused('not-yet-valid')
  if (verified.expired) return { kind: 'nobody', reason: 'token-expired' }

  const known = await door.store.getPerson(read.person.id)
  return isSignedOut(read.person, known) ? { kind: 'nobody', reason: 'signed-out' } : read.person
}

interface Verified {
  readonly kind: 'verified'
  readonly payload: JWTPayload
  /** Everything but that is right. */
  readonly expired: boolean
}

async function verify(
  token: string,
  { keyOf, issuer, clientId, now }: PersonDoor,
): Promise<Verified | Refused> {
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      // No symmetric one: the issuer's public key would be the secret.
      algorithms: ['RS256', 'ES256', 'EdDSA'],
      issuer,
      audience: clientId,
      requiredClaims: ['sub', 'iat', 'exp'],
      clockTolerance: ISSUER_CLOCK_LEEWAY_SECONDS,
      currentDate: new Date(now()),
    })
    return { kind: 'verified', payload, expired: false }
  } catch (error) {
    // The library looks at the expiry after the signature and every other claim that it was told of.
    if (error instanceof errors.JWTExpired) return { kind: 'verified', payload: error.payload, expired: true }
    if (error instanceof errors.JOSEError) return refused(reasonOf(error))
    throw error
  }
}

const CLAIM_REASONS: ReadonlyMap<string, Refused['why']> = new Map([
  ['iss', 'wrong-issuer'],
  ['aud', 'wrong-audience'],
  ['nbf', 'not-yet-valid'],
])

function reasonOf(error: errors.JOSEError): Refused['why'] {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong-signature'
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'wrong-key'
  if (error instanceof errors.JWTClaimValidationFailed)
    return CLAIM_REASONS.get(error.claim) ?? 'malformed-token'
  return 'malformed-token'
}

/** Other JWTs of the same issuer, such as access tokens, say in `typ` what they are (RFC 9068, RFC 8725 section 3.11). */
function isIdTokenType(typ: unknown): boolean {
  return typ === undefined || (typeof typ === 'string' && typ.toLowerCase() === 'jwt')
}
