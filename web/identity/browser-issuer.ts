import type { Config } from '../config.ts'
import type { Issuer, IssuerService } from './issuer.ts'
import type { OidcPorts } from './oidc-issuer.ts'
import { readStoredPerson, storedPersonKey } from './stored-person.ts'

/** The library is loaded when there is something to ask the issuer; a visit with a good token does without. */
export function browserIssuer(signIn: Config['signIn'], ports: OidcPorts): Issuer {
  const { storage } = ports
  let loading: Promise<IssuerService> | null = null

  async function service(): Promise<IssuerService | null> {
    loading ??= import('./oidc-issuer.ts').then(({ oidcIssuer }) => oidcIssuer(signIn, ports))
    try {
      return await loading
    } catch {
      // The network, or a deployment that has replaced the file: the next attempt asks again.
      loading = null
      return null
    }
  }

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
