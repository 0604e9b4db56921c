import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { UserPoolClientDescription, UserPoolDescription } from '../template/cloud-description.ts'
import type { Accounts } from './accounts.ts'
import { choosePageLanguage, type PageLanguage } from './page-text.ts'
import { failedPage, leavePage, leftPage } from './pages.ts'
import type { ProviderEntries } from './provider-entries.ts'
import type { SigningKeys } from './signing-keys.ts'

export interface ProviderParts {
  readonly pool: UserPoolDescription
  readonly accounts: Accounts
  readonly entries: ProviderEntries
  readonly keys: SigningKeys
}

/** One that the provider does not know it would pass over without a word; Cognito refuses it. */
const KNOWN_SCOPES = ['openid', 'email', 'profile', 'phone', 'address', 'offline_access']

type Library = typeof import('oidc-provider')

/** How long a browser is known without its app having a token: as long as its refresh token is good. */
export function sessionSeconds({ clients }: UserPoolDescription): number {
  return Math.max(1, ...clients.map(({ refreshTokenSeconds }) => refreshTokenSeconds))
}

/** An OpenID provider as the pool describes it, with the keys of this moment: a new key takes a new provider. */
export function createProvider(library: Library, { pool, accounts, entries, keys }: ProviderParts): Provider {
  const { origin, pathname: base } = new URL(pool.address)
  const clients = new Map(pool.clients.map((client) => [client.id, client]))
  const ofClient = (
    client: { readonly clientId?: string | undefined } | undefined,
  ): UserPoolClientDescription => {
    const described = clients.get(client?.clientId ?? '')
    if (!described) throw new Error('a token for a client that is not described')
    return described
  }
  const policy = library.interactionPolicy.base()
  // The app and the box are one: there is nothing to consent to.
  policy.remove('consent')

  const configuration: Configuration = {
    adapter: entries.adapter,
    jwks: keys.jwks,
    clients: pool.clients.map(clientMetadata),
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    scopes: [...new Set([...KNOWN_SCOPES, ...pool.clients.flatMap(({ scopes }) => scopes)])],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // Cognito has them in the ID token, whatever other tokens there are.
    conformIdTokenClaims: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: (_, from) => from === origin,
    cookies: {
      names: cookieNames(origin),
      long: { httpOnly: true, sameSite: 'lax', path: base },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    ttl: {
      IdToken: (_, __, client) => ofClient(client).idTokenSeconds,
      AccessToken: (_, __, client) => ofClient(client).accessTokenSeconds,
      RefreshToken: (context, _, client) =>
        // One that replaces another ends when that one would have.
        replacedToken(context)?.remainingTTL ?? ofClient(client).refreshTokenSeconds,
      Grant: (_, grant) => ofClient(grant).refreshTokenSeconds,
      AuthorizationCode: 60,
      Interaction: 600,
      Session: sessionSeconds(pool),
    },
    issueRefreshToken: () => true,
    rotateRefreshToken: ({ oidc }) => ofClient(oidc.client).refreshTokenGraceSeconds !== undefined,
    // A browser stays signed in by its refresh token, as with Cognito.
    expiresWithSession: () => false,
    findAccount({ oidc }, sub) {
      const account = accounts.bySub(sub)
      if (!account) return undefined
      const all = { email: account.email, email_verified: account.emailVerified }
      const readable = ofClient(oidc.client).claims
      const claims = Object.entries(all).filter(([name]) => readable.includes(name))
      return { accountId: sub, claims: () => ({ sub, ...Object.fromEntries(claims) }) }
    },
    async loadExistingGrant({ oidc }) {
      const { session, client, provider } = oidc
      if (!session?.accountId || !client) return undefined
      const known = await provider.Grant.find(session.grantIdFor(client.clientId) ?? '')
      const usable = known?.accountId === session.accountId ? known : undefined
      const grant = usable ?? new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
      grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '))
      // It has to outlive the refresh token that it is about to be asked for.
      Object.assign(grant, { exp: undefined })
      await grant.save()
      return grant
    },
    interactions: { policy, url: (_, { uid }) => `${base}/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(context, form) {
          const asked = context.oidc.entities['IdTokenHint'] !== undefined || isFromOwnPage(context)
          context.body = leavePage(languageOf(context), base, form, asked)
        },
        postLogoutSuccessSource(context) {
          context.body = leftPage(languageOf(context), base)
        },
      },
    },
    renderError(context, { error, error_description }) {
      context.type = 'html'
      context.body = failedPage(languageOf(context), base, `${error}: ${error_description ?? ''}`)
    },
  }
  const provider = new library.Provider(pool.issuer, configuration)
  provider.on('authorization.success', ({ oidc }) => {
    // Tokens that outlive the session would outlive signing out as well.
    const authorization = oidc.session?.authorizationFor(oidc.client?.clientId ?? '')
    Object.assign(authorization ?? {}, { persistsLogout: false })
  })
  return provider
}

function clientMetadata(client: UserPoolClientDescription) {
  return {
    client_id: client.id,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [...client.callbackUrls],
    post_logout_redirect_uris: [...client.logoutUrls],
    scope: client.scopes.join(' '),
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
  } as const
}

/** Cookies know no ports: two Mihari on one machine would sign each other out. */
function cookieNames(origin: string) {
  const suffix = new URL(origin).port
  return {
    session: `mihari_session_${suffix}`,
    interaction: `mihari_interaction_${suffix}`,
    resume: `mihari_resume_${suffix}`,
  }
}

function replacedToken(context: KoaContextWithOIDC | undefined) {
  return context?.oidc.entities.RotatedRefreshToken
}

/** No page of another site can have a browser say so. */
function isFromOwnPage(context: KoaContextWithOIDC): boolean {
  return context.get('Sec-Fetch-Site') === 'same-origin' && context.get('Sec-Fetch-Dest') === 'document'
}

function languageOf(context: KoaContextWithOIDC): PageLanguage {
  return choosePageLanguage(context.get('Accept-Language'))
}
