import type { Principal } from '../core/principal.ts'

/** What the door answers: who it is, `nobody` included, or why the handshake is refused. */
export type Admission = Principal | Refused

/** The reason is for the log: a browser cannot read it, and a forger should not. */
export interface Refused {
  readonly kind: 'refused'
  readonly why:
    | 'origin'
    | 'no-credential'
    | 'malformed-token'
    | 'wrong-signature'
    | 'wrong-key'
    | 'wrong-issuer'
    | 'wrong-audience'
    | 'wrong-lifetime'
    | 'not-yet-valid'
    | 'used-token'
    | 'not-an-id-token'
    | 'unknown-link'
}

export function refused(why: Refused['why']): Refused {
  return { kind: 'refused', why }
}
