import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { MAX_NAME_LENGTH } from '../../protocol/identifiers.ts'
import { Email } from '../../protocol/operations.ts'
import type { Person } from '../core/principal.ts'

const Claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  aud: v.union([v.string(), v.array(v.string())]),
  iat: v.number(),
  auth_time: v.optional(v.number()),
  /** OpenID Connect Core 3.1.3.7: whom it was issued to, where that may be another than the audience. */
  azp: v.optional(v.string()),
  /** Cognito's word on what it is. */
  token_use: v.optional(v.literal('id')),
  /** Keycloak's. */
  typ: v.optional(v.picklist(['ID', 'JWT'])),
  // Who has these is an access token (RFC 9068, Entra) or a logout token (Back-Channel Logout 2.4).
  scope: v.optional(v.never()),
  scp: v.optional(v.never()),
  events: v.optional(v.never()),
  email: v.fallback(v.optional(v.pipe(v.string(), v.toLowerCase(), Email)), undefined),
  /** Cognito is known to say it as a string. */
  email_verified: v.fallback(v.optional(v.union([v.boolean(), v.literal('true')])), undefined),
  name: v.fallback(v.optional(v.string()), undefined),
})

export interface IdToken {
  readonly person: Person
  /** Epoch ms. */
  readonly issuedAt: number
}

/** Whose ID token for this client it is, by claims that were verified; null when it is another kind of token. */
export function readIdToken(
  payload: unknown,
  { issuer, clientId }: { readonly issuer: string; readonly clientId: string },
): IdToken | null {
  const claims = v.safeParse(Claims, payload)
  if (!claims.success) return null
  const { sub, aud, azp, iat, auth_time, email, email_verified, name } = claims.output
  const authorized = azp ?? (typeof aud === 'string' || aud.length === 1 ? clientId : null)
  if (authorized !== clientId) return null
  const id = personId(issuer, sub)
  const address = email !== undefined && (email_verified === true || email_verified === 'true') ? email : null
  return {
    issuedAt: iat * 1000,
    person: {
      kind: 'person',
      id,
      email: address,
      name: address ?? plainName(name) ?? id.slice(0, 8),
      authenticatedAt: Math.floor((auth_time ?? iat) * 1000),
    },
  }
}

/** A person is issuer and subject [R32]. */
export function personId(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url')
}

/** People choose their names: one that looks like an address (UTS 39), or hides that it does, would pass for a verified one. */
function plainName(name: string | undefined): string | null {
  const plain = (name ?? '')
    .toWellFormed()
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
  if (plain === '' || plain.includes('@')) return null
  // Also a character of two units is whole or not there.
  return plain.slice(0, MAX_NAME_LENGTH).replace(/\p{Surrogate}$/u, '')
}
