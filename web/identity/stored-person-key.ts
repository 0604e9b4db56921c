import type { Config } from '../config.ts'

/** Where oidc-client-ts keeps the person, for a page that watches the storage and has not loaded it. */
export function storedPersonKey({ issuer, clientId }: Config['signIn']): string {
  return `oidc.user:${issuer}:${clientId}`
}
