import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { type HttpAnswer, type HttpRequest, sendHttp } from '../../send-http.ts'
import type { UserPoolClientDescription, UserPoolDescription } from '../../template/cloud-description.ts'
import { manualClock } from '../../testing/manual-clock.ts'
import { type Identity, openIdentity } from '../identity.ts'
import type { Mail } from '../mail.ts'

export const OWNER = 'owner@localhost'
export const CLIENT = 'client1'
export const POOL_ID = 'us-east-1_pool1'
export const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`

const AHEAD_MS = 100 * 24 * 60 * 60_000

export function describePool(
  site: string,
  client: Partial<UserPoolClientDescription> = {},
): UserPoolDescription {
  return {
    id: POOL_ID,
    arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${POOL_ID}`,
    issuer: ISSUER,
    address: `${site}/identity`,
    clients: [
      {
        id: CLIENT,
        callbackUrls: [`${site}/`],
        logoutUrls: [`${site}/`],
        scopes: ['openid', 'email'],
        claims: ['email', 'email_verified'],
        idTokenSeconds: 3600,
        accessTokenSeconds: 3600,
        refreshTokenSeconds: 30 * 24 * 3600,
        ...client,
      },
    ],
    users: [{ email: OWNER }],
    invitation: { subject: 'Mihari', message: '{username} {####}', validSeconds: 7 * 24 * 3600 },
  }
}

/** Of a sign-in link. */
export const codeOf = (link: string): string => new URL(link).hash.slice(1)

export interface IdentityFixture {
  readonly site: string
  readonly identity: Identity
  readonly clock: ReturnType<typeof manualClock>
  readonly failures: readonly Error[]
  readonly mails: readonly Mail[]
  /** Throws for a token that the published keys do not vouch for. */
  verify(idToken: string): Promise<JWTPayload>
  /** A browser with cookies of its own, on a page of the site. */
  browser(): (url: string, request?: HttpRequest) => Promise<HttpAnswer>
  close(): Promise<void>
}

export interface FixtureOptions {
  readonly folder?: string | 'memory'
  readonly client?: Partial<UserPoolClientDescription>
}

/** A site that is nothing but its `config.json`, with the provider beside it. */
export async function startIdentityFixture(options: FixtureOptions = {}): Promise<IdentityFixture> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const site = `http://localhost:${(server.address() as AddressInfo).port}`
  const pool = describePool(site, options.client)
  // Another time than the machine's, which everything has to be of.
  const clock = manualClock(Date.now() + AHEAD_MS)
  const failures: Error[] = []
  const mails: Mail[] = []
  const identity = await openIdentity({
    pool,
    folder: options.folder ?? 'memory',
    clock,
    onMail: (mail) => mails.push(mail),
    onFailed: (error) => failures.push(error),
  })
  const signIn = { issuer: pool.address, clientId: CLIENT, scope: 'openid email' }
  server.on('request', (request, response) => {
    if (request.url === '/config.json') return response.end(JSON.stringify({ signIn }))
    if (request.url === '/keys') return identity.answerKeySet(response)
    return identity.isFor(request.url ?? '') ? identity.handle(request, response) : response.end('app')
  })
  return {
    site,
    identity,
    clock,
    failures,
    mails,
    async verify(idToken) {
      const verified = await jwtVerify(idToken, createRemoteJWKSet(new URL(`${site}/keys`)), {
        issuer: pool.issuer,
        audience: CLIENT,
        currentDate: new Date(clock.now()),
      })
      return verified.payload
    },
    browser: () => browser(site),
    async close() {
      identity.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function browser(site: string): ReturnType<IdentityFixture['browser']> {
  const cookies = new Map<string, string>()
  return async (url, request = {}) => {
    const headers = {
      Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(request.body === undefined
        ? {}
        : { Origin: site, 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...request.headers,
    }
    const answer = await sendHttp(new URL(url, site).href, { ...request, headers })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return answer
  }
}
