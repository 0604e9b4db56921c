import { UserManager, WebStorageStateStore } from 'oidc-client-ts'
import type { Config } from '../config.ts'
import type { IssuerService } from './issuer.ts'
import { isUnreachable } from './issuer-errors.ts'
import { attempt, renew } from './oidc-renewal.ts'
import { readStoredPerson } from './stored-person.ts'
import { inTurn, type TurnPorts } from './take-turns.ts'

export interface OidcPorts extends TurnPorts {
  /** Where the issuer sends people back to. */
  readonly origin: string
  readonly storage: Storage
}

const REQUEST_TIMEOUT_SECONDS = 10

/** OpenID Connect: code with PKCE, and a refresh token in the browser's storage. */
export function oidcIssuer(settings: Config['signIn'], ports: OidcPorts): IssuerService {
  const { storage } = ports
  const home = `${ports.origin}/`
  const manager = userManager(settings, home, storage)
  const stored = () => readStoredPerson(storage, settings)
  return {
    // With rotating refresh tokens, one that is used twice may end the whole session.
    renew: (outdated) =>
      inTurn(
        ports,
        () => stored()?.token !== outdated,
        () => renew(manager, stored, outdated),
      ),
    finishSignIn: (address) => attempt(() => manager.signinRedirectCallback(address), stored),
    signIn: (again) => leaveToSignIn(manager, again),
    signOut: () => leaveToSignOut(manager, home),
  }
}

function userManager({ issuer, clientId, scope }: Config['signIn'], home: string, storage: Storage) {
  const store = new WebStorageStateStore({ store: storage })
  return new UserManager({
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
}

async function leaveToSignIn(manager: UserManager, again: boolean) {
  try {
    // Before anything is begun: the library stops all loading of the page when it fails later.
    await manager.metadataService.getMetadata()
    await manager.signinRedirect(again ? { prompt: 'login' } : {})
    return 'leaving'
  } catch (error) {
    return isUnreachable(error) ? 'unreachable' : 'refused'
  }
}

async function leaveToSignOut(manager: UserManager, home: string) {
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
}
