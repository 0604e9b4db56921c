import { signIn } from '../../local/identity/sign-in-client.ts'
import type { CredentialSource } from '../../web/viewer/link/credential.ts'
import type { Surroundings } from './messages.ts'

/** The owner's token, for all pages of theirs; got as a browser gets it. */
export function ownerCredentials(surroundings: () => Surroundings): CredentialSource {
  let token: Promise<string> | null = null
  const freshToken = (): Promise<string> => {
    const { siteUrl, signInLink } = surroundings()
    const asked = signIn(siteUrl, signInLink).then(({ idToken }) => idToken)
    // What failed is tried again by whoever asks next.
    asked.catch(() => {
      if (token === asked) token = null
    })
    return asked
  }
  let renewedAt = 0
  return {
    get(renew, answer) {
      // Several pages find out at the same moment that the token is too old.
      if (renew && Date.now() - renewedAt > 1_000) {
        renewedAt = Date.now()
        token = null
      }
      token ??= freshToken()
      token.then(
        (idToken) => answer({ kind: 'credential', credential: { kind: 'bearer', token: idToken } }),
        () => answer({ kind: 'later' }),
      )
    },
    refused: () => {
      token = null
    },
  }
}
