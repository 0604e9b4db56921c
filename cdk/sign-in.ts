import type { ConfiguredIssuer } from './deployment-context.ts'

/** What the stack tells page and function of who vouches for people, whoever that is. */
export interface SignIn {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  /** Where the issuer's keys are; empty: as the issuer's discovery document says. */
  readonly keySetUrl: string
  /** The pool that makes accounts for people who are invited; null when accounts are made elsewhere. */
  readonly userPool: { readonly id: string; readonly arn: string } | null
}

/** With an issuer that was there before. */
export function configuredSignIn({ issuer, clientId, scope }: ConfiguredIssuer): SignIn {
  return { issuer, clientId, scope, keySetUrl: '', userPool: null }
}
