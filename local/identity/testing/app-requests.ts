import { createHash } from 'node:crypto'
import type { HttpAnswer, HttpRequest } from '../../send-http.ts'
import { CLIENT, codeOf, type IdentityFixture } from './identity-fixture.ts'

/** What the app asks the provider for, for tests that ask for something else. */

const VERIFIER = 'v'.repeat(43)

/** `other`: what a test has otherwise; undefined leaves it out. */
export function authorize(site: string, other: Readonly<Record<string, string | undefined>> = {}): string {
  const asked = {
    client_id: CLIENT,
    redirect_uri: `${site}/`,
    response_type: 'code',
    scope: 'openid email',
    state: 's',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...other,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value)
  return `/identity/auth?${query}`
}

export const form = (fields: Readonly<Record<string, string>>): HttpRequest => ({
  body: new URLSearchParams(fields).toString(),
})

export const enter = (link: string): HttpRequest => form({ code: codeOf(link) })

export const redeem = (site: string, code: string, verifier = VERIFIER): HttpRequest =>
  form({
    grant_type: 'authorization_code',
    client_id: CLIENT,
    redirect_uri: `${site}/`,
    code,
    code_verifier: verifier,
  })

export const renew = (refreshToken: string): HttpRequest =>
  form({ grant_type: 'refresh_token', client_id: CLIENT, refresh_token: refreshToken })

export async function renewed({ browser }: Pick<IdentityFixture, 'browser'>, refreshToken: string) {
  const { status, body } = await browser()('/identity/token', renew(refreshToken))
  return { status, ...(JSON.parse(body) as { id_token?: string; refresh_token?: string; error?: string }) }
}

/** The code that the app is sent back with. */
export function codeIn({ headers }: HttpAnswer): string {
  return new URL(headers.location ?? '', 'http://localhost').searchParams.get('code') ?? ''
}
