import type { CredentialSource } from '../viewer/link/credential.ts'
import type { PersonSession } from './person-session.ts'

export function personCredentials(person: PersonSession): CredentialSource {
  return {
    get(renew, answer) {
      person.freshToken(renew).then(
        (fresh) =>
          answer(
            fresh.kind === 'token'
              ? { kind: 'credential', credential: { kind: 'bearer', token: fresh.token } }
              : fresh,
          ),
        // The browser's storage failed: it may do better at the next attempt.
        () => answer({ kind: 'later' }),
      )
    },
    refused: (code) => person.drop(code === 'signed-out' ? 'signed-out' : 'expired'),
  }
}

/** A link's secret is good or not; there is nothing to renew. */
export function guestCredentials(secret: string): CredentialSource {
  return {
    get: (_renew, answer) => answer({ kind: 'credential', credential: { kind: 'guest', token: secret } }),
    refused: () => undefined,
  }
}
