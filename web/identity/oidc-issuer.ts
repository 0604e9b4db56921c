import { ErrorResponse, UserManager, WebStorageStateStore } from 'oidc-client-ts'
import type { Config } from '../config.ts'
import type { IssuerService, Renewal } from './issuer.ts'
import { isUnreachable } from './issuer-errors.ts'
import { readStoredPerson } from './stored-person.ts'

export interface OidcPorts {
  /** Where the issuer sends people back to. */
  readonly origin: string
  readonly storage: Storage
  /** Of all tabs; absent in a browser that has none. */
  readonly locks: Pick<LockManager, 'request'> | undefined
}

const REQUEST_TIMEOUT_SECONDS = 10

/** OpenID Connect: code with PKCE, and a refresh token in the browser's storage. */
export function oidcIssuer(settings: Config['signIn'], ports: OidcPorts): IssuerService {
  const { issuer, clientId, scope } = settings
  const { origin, storage, locks } = ports
  const home = `${origin}/`
  const store = new WebStorageStateStore({ store: storage })
  const manager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: home,
    post_logout_redirect_uri: home,
    scope,
    userStore: store,
    stateStore: store,
    // The session decides when, and across tabs: the library's own timer would have each of them renew.
    automaticSilentRenew: false,
    requestTimeoutInSeconds: REQUEST_TIMEOUT_SECONDS,
    silentRequestTimeoutInSeconds: REQUEST_TIMEOUT_SECONDS,
  })

  /** One tab at a time: with rotating refresh tokens, one that is used twice ends the whole session. */
  async function renewAlone(outdated: string): Promise<Renewal> {
    const stored = readStoredPerson(storage, settings)
    if (stored === null) return { kind: 'refused' }
    if (stored.token !== outdated) return { kind: 'held', held: stored }
    const user = await manager.getUser()
    // Without a refresh token the library would ask in a frame, which browsers keep from the issuer's session.
    if (user?.refresh_token === undefined) return { kind: 'refused' }
    return attempt(() => manager.signinSilent())
  }

  /** What it brings stands in the storage, as the library has put it there. */
  async function attempt(act: () => Promise<unknown>): Promise<Renewal> {
    try {
      await act()
    } catch (error) {
      return { kind: isUnreachable(error) ? 'unreachable' : 'refused' }
    }
    const held = readStoredPerson(storage, settings)
    return held === null ? { kind: 'refused' } : { kind: 'held', held }
  }

  return {
    renew: async (outdated) =>
      locks === undefined
        ? renewAlone(outdated)
        : await locks.request('mihari.renew', () => renewAlone(outdated)),
    async finishSignIn(address) {
      let carried: unknown
      const renewal = await attempt(async () => {
        try {
          carried = (await manager.signinRedirectCallback(address)).state
        } catch (error) {
          if (error instanceof ErrorResponse) carried = error.state
          throw error
        }
      })
      return { ...renewal, carried }
    },
    async signIn(carried, again) {
      try {
        // Before anything is begun: the library stops all loading of the page when it fails later.
        await manager.metadataService.getMetadata()
        await manager.signinRedirect({ state: carried, ...(again ? { prompt: 'login' } : {}) })
        return 'leaving'
      } catch (error) {
        return isUnreachable(error) ? 'unreachable' : 'refused'
      }
    },
    async signOut() {
      try {
        await manager.revokeTokens(['refresh_token'])
      } catch {
        // The token is forgotten here all the same; not every issuer takes one back.
      }
      // Before the library would put it into the address that it leaves for, where servers log it.
      await manager.removeUser()
      try {
        if ((await manager.metadataService.getEndSessionEndpoint()) === undefined) return 'stays'
        // What Cognito reads, beside the standard's post_logout_redirect_uri and client_id.
        await manager.signoutRedirect({ extraQueryParams: { logout_uri: home } })
        return 'leaving'
      } catch {
        return 'stays'
      }
    },
  }
}
