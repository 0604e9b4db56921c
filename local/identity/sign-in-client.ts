import { createHash, randomBytes } from 'node:crypto'
import { type HttpAnswer, sendHttp } from '../send-http.ts'

export interface SignedIn {
  readonly idToken: string
  readonly refreshToken: string
}

export interface SignInOptions {
  /** PEM of a certificate to trust beside the known authorities. */
  readonly ca?: string
}

/** What the site tells its app of the issuer. */
interface SignInConfig {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
}

class SignInError extends Error {
  override readonly name = 'SignInError'
}

/**
 * Signs in as a browser does that opens a sign-in link: the link's code for a session, and in it a code grant with
 * PKCE for the tokens.
 */
export async function signIn(
  siteUrl: string,
  signInLink: string,
  { ca }: SignInOptions = {},
): Promise<SignedIn> {
  const site = new URL(siteUrl).origin
  const cookies = new Map<string, string>()

  async function ask(url: string, form?: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const answer = await sendHttp(url, {
      ...(ca === undefined ? {} : { ca }),
      headers: {
        Origin: site,
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return answer
  }

  const { issuer, clientId, scope } = await readConfig(site, ask)
  const discovered = parse(await ask(`${issuer}/.well-known/openid-configuration`))
  const code = new URL(signInLink).hash.slice(1)
  const entered = await ask(signInLink.replace(/#.*/, ''), { code })
  if (entered.status !== 303) throw new SignInError(`the sign-in link was refused (${entered.status})`)

  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `${site}/`,
    response_type: 'code',
    scope,
    state: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const authorized = await ask(`${discovered['authorization_endpoint']}?${query}`)
  const back = new URL(authorized.headers.location ?? '', site).searchParams
  if (back.get('state') !== query.get('state') || !back.has('code')) {
    throw new SignInError(`the issuer gave no code (${authorized.status} ${back.get('error') ?? ''})`)
  }
  const tokens = parse(
    await ask(String(discovered['token_endpoint']), {
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: `${site}/`,
      code: back.get('code') ?? '',
      code_verifier: verifier,
    }),
  )
  return { idToken: String(tokens['id_token']), refreshToken: String(tokens['refresh_token']) }
}

async function readConfig(site: string, ask: (url: string) => Promise<HttpAnswer>): Promise<SignInConfig> {
  const { signIn } = parse(await ask(`${site}/config.json`))
  const { issuer, clientId, scope } = (signIn ?? {}) as Partial<Record<keyof SignInConfig, unknown>>
  return { issuer: String(issuer), clientId: String(clientId), scope: String(scope) }
}

function parse({ status, body }: HttpAnswer): Record<string, unknown> {
  if (status !== 200) throw new SignInError(`the issuer answered ${status}: ${body.slice(0, 200)}`)
  const value: unknown = JSON.parse(body)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
