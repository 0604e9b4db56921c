/** Who sits before this page, as far as signing in goes. What the cloud makes of it is the link's state. */
export type SessionState =
  | { readonly phase: 'checking' }
  | { readonly phase: 'signed-out'; readonly why: SignedOutWhy }
  /** The page is being left, for the issuer's. */
  | { readonly phase: 'redirecting' }
  /** `name`: a person's e-mail address, else what the issuer calls them. */
  | { readonly phase: 'signed-in'; readonly name: string }
  | { readonly phase: 'guest' }
  | { readonly phase: 'failed'; readonly why: SessionFailure }

/**
 * `fresh`: nobody was signed in. `left`: this person has signed out here. `expired`: the issuer renews no longer.
 * `signed-out`: everywhere, from here or from another browser.
 */
export type SignedOutWhy = 'fresh' | 'left' | 'expired' | 'signed-out'

/** `refused`: the issuer's word on the last attempt. `insecure-page`: the browser gives this page no cryptography. */
export type SessionFailure = 'issuer-unreachable' | 'refused' | 'insecure-page'
