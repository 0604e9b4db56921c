import type { Credential } from '../../../protocol/credentials.ts'

export type CredentialAnswer =
  | { readonly kind: 'credential'; readonly credential: Credential }
  /** Nobody is signed in. */
  | { readonly kind: 'none' }
  /** Somebody is, but who would renew their token cannot be reached now. */
  | { readonly kind: 'later' }

/** Whence the link has what it shows of the person. */
export interface CredentialSource {
  /** `renew`: the last one was too old. May answer at once or later, and once. */
  get(renew: boolean, answer: (answer: CredentialAnswer) => void): void
  /** The cloud takes this person's credentials no more, for that reason. */
  refused(code: string): void
}
