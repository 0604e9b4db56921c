import { signIn } from '../../local/identity/sign-in-client.ts'
import type { CredentialSource } from '../../web/viewer/link/credential.ts'
import type { Surroundings } from './messages.ts'

/** The owner's token, for all pages of theirs, each by a source of its own; got as a browser gets it. */
export function ownersToken(surroundings: () => Surroundings): () => CredentialSource {
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
  return () => {
    let served: Promise<string> | null = null
    const isServed = () => served === token
    return {
      get(renew, answer) {
        // Another page may have found out before this one that it is too old.
        if (renew && isServed()) token = null
        token ??= freshToken()
        served = token
        token.then(
          (idToken) => answer({ kind: 'credential', credential: { kind: 'bearer', token: idToken } }),
          () => answer({ kind: 'later' }),
        )
      },
      refused: () => {
        if (isServed()) token = null
      },
    }
  }
}
