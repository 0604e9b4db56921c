import type { Config } from '../config.ts'
import type { Issuer, IssuerService } from './issuer.ts'
import type { OidcPorts } from './oidc-issuer.ts'
import { readStoredPerson, storedPersonKey } from './stored-person.ts'

/** By then the first picture is there, which need not wait for it. */
export const LOAD_AFTER_MS = 30_000

/**
 * The library is loaded when there is something to ask the issuer, and shortly after the page: when a token is to be
 * renewed an hour later the network may be bad, and Chromium never asks again for a module that it could not have.
 */
export function browserIssuer(
  signIn: Config['signIn'],
  ports: OidcPorts,
  load: () => Promise<typeof import('./oidc-issuer.ts')> = () => import('./oidc-issuer.ts'),
): Issuer {
  const { storage, clock } = ports
  let loading: Promise<IssuerService> | null = null

  async function service(): Promise<IssuerService | null> {
    loading ??= load().then(({ oidcIssuer }) => oidcIssuer(signIn, ports))
    try {
      return await loading
    } catch {
      // The network, or a deployment that has replaced the file: the next attempt asks again.
      loading = null
      return null
    }
  }

  clock.setTimeout(() => void service(), LOAD_AFTER_MS)
  const forget = () => storage.removeItem(storedPersonKey(signIn))
  return {
    stored: () => readStoredPerson(storage, signIn),
    forget,
    renew: async (outdated) => (await service())?.renew(outdated) ?? { kind: 'unreachable' },
    finishSignIn: async (address) => (await service())?.finishSignIn(address) ?? { kind: 'unreachable' },
    signIn: async (again) => (await service())?.signIn(again) ?? 'unreachable',
    async signOut() {
      const loaded = await service()
      if (loaded !== null) return loaded.signOut()
      forget()
      return 'stays'
    },
  }
}
