import * as v from 'valibot'
import type { Config } from '../config.ts'
import type { HeldToken } from './issuer.ts'

/** What oidc-client-ts keeps of a person, as far as the page reads it: most visits need no more of that library. */
const StoredPerson = v.object({
  id_token: v.string(),
  /** Epoch seconds by this browser's clock: when the access token ends. */
  expires_at: v.optional(v.number()),
  profile: v.object({
    sub: v.string(),
    exp: v.number(),
    email: v.optional(v.string()),
    preferred_username: v.optional(v.string()),
    name: v.optional(v.string()),
  }),
})

export function storedPersonKey({ issuer, clientId }: Config['signIn']): string {
  return `oidc.user:${issuer}:${clientId}`
}

export function readStoredPerson(storage: Storage, signIn: Config['signIn']): HeldToken | null {
  const text = storage.getItem(storedPersonKey(signIn))
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), StoredPerson), text)
  if (!result.success) return null
  const { id_token: token, expires_at: until, profile } = result.output
  const { sub, exp, email, preferred_username: username, name } = profile
  return {
    token,
    goodUntil: Math.min(exp, until ?? exp) * 1_000,
    name: email ?? username ?? name ?? sub,
  }
}
