/** A person's ID token, as this browser holds it. */
export interface HeldToken {
  readonly token: string
  /** Epoch ms by this browser's clock, which may be wrong. */
  readonly goodUntil: number
  readonly name: string
}

export type Renewal =
  | { readonly kind: 'held'; readonly held: HeldToken }
  /** The issuer will not. */
  | { readonly kind: 'refused' }
  /** It cannot be asked now. */
  | { readonly kind: 'unreachable' }

/** What is asked of whoever vouches for people. */
export interface IssuerService {
  /** In place of `outdated`, unless another tab has done so already. */
  renew(outdated: string): Promise<Renewal>
  /** With the address by which the person came back. */
  finishSignIn(address: string): Promise<Renewal>
  /** `again`: also of who still has a session there. When it is left for the issuer, the page goes on for a moment. */
  signIn(again: boolean): Promise<'leaving' | 'refused' | 'unreachable'>
  /** Forgets the person, and then leaves for the issuer to do so as well, where that is possible. */
  signOut(): Promise<'leaving' | 'stays'>
}

/** And what this browser keeps of it: all its tabs share that. */
export interface Issuer extends IssuerService {
  stored(): HeldToken | null
  forget(): void
}
