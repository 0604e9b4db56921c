import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import {
  CLIENT,
  codeOf,
  type FixtureOptions,
  type IdentityFixture,
  ISSUER,
  OWNER,
  startIdentityFixture,
} from './identity-fixture.ts'
import { signIn } from './sign-in-client.ts'

const DAY_MS = 24 * 60 * 60_000
const VERIFIER = 'v'.repeat(43)

const running: IdentityFixture[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((fixture) => fixture.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function start(options?: FixtureOptions): Promise<IdentityFixture> {
  const fixture = await startIdentityFixture(options)
  running.push(fixture)
  return fixture
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-identity-'))
  folders.push(folder)
  return folder
}

/** What the app asks for, but for what a test has otherwise. */
function authorize(site: string, other: Readonly<Record<string, string | undefined>> = {}): string {
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

const form = (fields: Readonly<Record<string, string>>) => ({ body: new URLSearchParams(fields).toString() })
const enter = (link: string) => form({ code: codeOf(link) })
const redeem = (site: string, code: string, verifier = VERIFIER) =>
  form({
    grant_type: 'authorization_code',
    client_id: CLIENT,
    redirect_uri: `${site}/`,
    code,
    code_verifier: verifier,
  })
const renew = (refreshToken: string) =>
  form({ grant_type: 'refresh_token', client_id: CLIENT, refresh_token: refreshToken })

async function renewed({ browser }: IdentityFixture, refreshToken: string) {
  const { status, body } = await browser()('/identity/token', renew(refreshToken))
  return { status, ...(JSON.parse(body) as { id_token?: string; refresh_token?: string; error?: string }) }
}

/** The code that the app is sent back with. */
const codeIn = (location: string | undefined, site: string) =>
  new URL(location ?? '', site).searchParams.get('code') ?? ''

describe('signing in by a link', () => {
  it('[R32] gives an ID token of a verified address, and a refresh token without being asked', async () => {
    const { site, identity, verify, clock, failures } = await start()
    const { idToken, refreshToken } = await signIn(site, identity.signInLink)
    const now = Math.floor(clock.now() / 1000)
    expect(await verify(idToken)).toMatchObject({
      iss: ISSUER,
      aud: CLIENT,
      sub: expect.stringMatching(/./),
      email: OWNER,
      email_verified: true,
      auth_time: now,
      iat: now,
      exp: now + 3600,
    })
    expect(decodeProtectedHeader(idToken).alg).toBe('ES256')
    expect(refreshToken).toMatch(/^[\w-]{20,}$/)
    expect(failures).toEqual([])
  })

  it('works for the owner as often as it is opened, while this runs', async () => {
    const { site, identity, verify } = await start()
    const tokens = [await signIn(site, identity.signInLink), await signIn(site, identity.signInLink)]
    const people = await Promise.all(tokens.map(({ idToken }) => verify(idToken)))
    expect(people[0]?.sub).toBe(people[1]?.sub)
  })

  it('goes on to the app, which begins to sign in at once', async () => {
    const { site, identity, browser } = await start()
    const { status, headers } = await browser()('/identity/enter', enter(identity.signInLink))
    expect([status, headers.location]).toEqual([303, `${site}/#sign-in`])
    expect(String(headers['set-cookie'])).toMatch(/path=\/identity;.*samesite=lax; httponly/i)
  })

  it('has a page for it that runs only scripts of its own, in the browser’s language', async () => {
    const { browser } = await start()
    const page = await browser()('/identity/enter', { headers: { 'Accept-Language': 'ja,en;q=0.5' } })
    expect(page.headers['content-security-policy']).toContain("default-src 'none';script-src 'self'")
    expect(page.body).toContain('<html lang="ja">')
    expect(page.body).not.toMatch(/<script>|style=|onclick/)
    const scripts = [...page.body.matchAll(/src="([^"]+)"/g)].map(([, path]) => String(path))
    expect(scripts).toEqual(['/identity/page.js'])
    expect((await browser()('/identity/page.js')).headers['content-type']).toContain('javascript')
    expect((await browser()('/identity/enter')).body).toContain('<html lang="en">')
  })

  it('is refused with a code that is wrong, in words', async () => {
    const { browser } = await start()
    for (const code of ['', 'x'.repeat(22), 'y'.repeat(5000)]) {
      const answer = await browser()('/identity/enter', form({ code }))
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined])
      expect(answer.body).toContain('does not sign anybody in')
    }
  })

  it('is refused from a page of another site, which would sign a browser in as somebody else', async () => {
    const { identity, browser } = await start()
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await browser()('/identity/enter', {
        ...enter(identity.signInLink),
        headers: { Origin: origin },
      })
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined])
    }
  })

  it('begins a session of its own: a browser in which somebody else was signed in is that person’s no more', async () => {
    const { site, identity, browser, verify } = await start()
    const open = browser()
    const guest = identity.accounts.invite({ email: 'guest@example.org', emailVerified: true })
    if (guest.kind !== 'invited') throw new Error(guest.kind)
    await open('/identity/enter', form({ code: guest.code }))
    await open('/identity/enter', enter(identity.signInLink))
    const { headers } = await open(authorize(site))
    const { body } = await open('/identity/token', redeem(site, codeIn(headers.location, site)))
    expect((await verify(JSON.parse(body).id_token)).email).toBe(OWNER)
  })
})

describe('an invitation', () => {
  async function invite(emailVerified = true) {
    const fixture = await start()
    const invited = fixture.identity.accounts.invite({ email: 'Guest@Example.org', emailVerified })
    if (invited.kind !== 'invited') throw new Error(invited.kind)
    return { ...fixture, link: fixture.identity.linkOf(invited.code) }
  }

  it('[R33] signs in whoever has it, once', async () => {
    const { site, link, verify, browser } = await invite()
    const { idToken } = await signIn(site, link)
    expect(await verify(idToken)).toMatchObject({ email: 'guest@example.org', email_verified: true })
    const again = await browser()('/identity/enter', enter(link))
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined])
    expect(again.body).toContain('has been used already')
  })

  it('is good for seven days', async () => {
    const { link, browser, clock } = await invite()
    clock.advance(7 * DAY_MS)
    const late = await browser()('/identity/enter', enter(link))
    expect([late.status, late.headers['set-cookie']]).toEqual([403, undefined])
    expect(late.body).toContain('too old')
  })

  it('[R32] to an address that nobody has verified says so in the token', async () => {
    const { site, link, verify } = await invite(false)
    expect(await verify((await signIn(site, link)).idToken)).toMatchObject({ email_verified: false })
  })

  it('given again, makes the one before it void', async () => {
    const { site, link, identity, browser } = await invite()
    const again = identity.accounts.inviteAgain('guest@example.org')
    expect((await browser()('/identity/enter', enter(link))).status).toBe(403)
    if (again.kind === 'invited') await signIn(site, identity.linkOf(again.code))
    expect(identity.accounts.inviteAgain('guest@example.org')).toEqual({ kind: 'confirmed' })
  })
})

describe('an authorization', () => {
  it('without a session leads to a page that says how one signs in here', async () => {
    const { site, browser } = await start()
    const open = browser()
    const { status, headers } = await open(authorize(site))
    expect([status, headers.location]).toEqual([303, expect.stringMatching(/^\/identity\/interaction\//)])
    const page = await open(headers.location ?? '')
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('in the terminal')])
    const japanese = await open(headers.location ?? '', { headers: { 'Accept-Language': 'ja' } })
    expect(japanese.body).toContain('ターミナル')
  })

  it('without a session is refused when the app wants nothing shown', async () => {
    const { site, browser } = await start()
    const { headers } = await browser()(authorize(site, { prompt: 'none' }))
    expect(headers.location).toMatch(new RegExp(`^${site}/\\?error=login_required`))
  })

  it('with a session gives a code at once', async () => {
    const { site, identity, browser } = await start()
    const open = browser()
    await open('/identity/enter', enter(identity.signInLink))
    expect((await open(authorize(site, { prompt: 'none' }))).headers.location).toContain('code=')
  })

  it('[R36] that wants a new sign-in gets none by a session of before, only by the link opened again', async () => {
    const { site, identity, browser, clock, verify } = await start()
    const open = browser()
    await open('/identity/enter', enter(identity.signInLink))
    await open(authorize(site))
    clock.advance(DAY_MS)
    const asked = await open(authorize(site, { prompt: 'login' }))
    const page = await open(asked.headers.location ?? '')
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('in the terminal')])

    await open('/identity/enter', enter(identity.signInLink))
    const askedAgain = await open(authorize(site, { prompt: 'login' }))
    const resumed = await open((await open(askedAgain.headers.location ?? '')).headers.location ?? '')
    const { body } = await open('/identity/token', redeem(site, codeIn(resumed.headers.location, site)))
    const { auth_time } = await verify(JSON.parse(body).id_token)
    expect(auth_time).toBe(Math.floor(clock.now() / 1000))

    const third = await open(authorize(site, { prompt: 'login' }))
    expect((await open(third.headers.location ?? '')).body).toContain('in the terminal')
  })

  it.each([
    ['an address that is not the client’s', { redirect_uri: 'https://evil.example/' }, 'redirect_uri'],
    ['another path of the site', { redirect_uri: 'SITE/other' }, 'redirect_uri'],
    ['no address', { redirect_uri: undefined }, 'redirect_uri'],
    ['a client that there is not', { client_id: 'other' }, 'client'],
  ])('for %s is refused, and sends nobody anywhere', async (_, wrong, words) => {
    const { site, identity, browser } = await start()
    const open = browser()
    await open('/identity/enter', enter(identity.signInLink))
    const other = Object.fromEntries(
      Object.entries(wrong).map(([name, value]) => [name, value?.replace('SITE', site)]),
    )
    const { status, headers, body } = await open(authorize(site, other), { headers: { Accept: 'text/html' } })
    expect([status, headers.location]).toEqual([400, undefined])
    expect(body).toContain(words)
  })

  it.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['with plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a scope that the client has not', { scope: 'openid profile' }, 'invalid_scope'],
    ['for a token in the address', { response_type: 'id_token', nonce: 'n' }, 'unsupported_response_type'],
  ])('%s is refused', async (_, other, error) => {
    const { site, identity, browser } = await start()
    const open = browser()
    await open('/identity/enter', enter(identity.signInLink))
    const { headers } = await open(authorize(site, other))
    const answer = new URL(headers.location ?? '', site)
    expect(`${answer.search}${answer.hash}`).toContain(`error=${error}`)
    expect(headers.location).not.toContain('code=')
  })

  it('shows text of a request as text', async () => {
    const { browser } = await start()
    const { body } = await browser()('/identity/auth?client_id=<script>alert(1)</script>', {
      headers: { Accept: 'text/html' },
    })
    expect(body).not.toContain('<script>alert')
  })
})

describe('a code', () => {
  async function withCode() {
    const fixture = await start()
    const open = fixture.browser()
    await open('/identity/enter', enter(fixture.identity.signInLink))
    const code = codeIn((await open(authorize(fixture.site))).headers.location, fixture.site)
    return { ...fixture, open, code }
  }

  it('is worth nothing without the verifier that it was asked for with', async () => {
    const { site, open, code } = await withCode()
    const { status, body } = await open('/identity/token', redeem(site, code, 'w'.repeat(43)))
    expect([status, JSON.parse(body).error]).toEqual([400, 'invalid_grant'])
  })

  it('is good once, and what it was redeemed for is void when it comes again', async () => {
    const { site, open, code } = await withCode()
    const first = await open('/identity/token', redeem(site, code))
    expect((await open('/identity/token', redeem(site, code))).status).toBe(400)
    const refreshed = await open('/identity/token', renew(JSON.parse(first.body).refresh_token))
    expect(JSON.parse(refreshed.body).error).toBe('invalid_grant')
  })

  it('is good for a minute', async () => {
    const { site, open, code, clock } = await withCode()
    clock.advance(61_000)
    expect((await open('/identity/token', redeem(site, code))).status).toBe(400)
  })

  it('is redeemed for pages of this site only', async () => {
    const { site, open, code } = await withCode()
    const foreign = await open('/identity/token', {
      ...redeem(site, code),
      headers: { Origin: 'https://evil.example' },
    })
    expect([foreign.status, foreign.headers['access-control-allow-origin']]).toEqual([403, undefined])
    const own = await open('/identity/token', redeem(site, code))
    expect([own.status, own.headers['access-control-allow-origin']]).toEqual([200, site])
  })
})

describe('a refresh token', () => {
  it('gives ID tokens of the sign-in that it is from, without a browser’s session', async () => {
    const fixture = await start()
    const { refreshToken } = await signIn(fixture.site, fixture.identity.signInLink)
    const signedInAt = Math.floor(fixture.clock.now() / 1000)
    fixture.clock.advance(29 * DAY_MS)
    const { id_token: idToken = '' } = await renewed(fixture, refreshToken)
    const now = Math.floor(fixture.clock.now() / 1000)
    expect(await fixture.verify(idToken)).toMatchObject({ auth_time: signedInAt, iat: now, exp: now + 3600 })
  })

  it('ends when the description says', async () => {
    const fixture = await start()
    const { refreshToken } = await signIn(fixture.site, fixture.identity.signInLink)
    fixture.clock.advance(30 * DAY_MS)
    expect(await renewed(fixture, refreshToken)).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  it('stays the same where the description has it so', async () => {
    const fixture = await start()
    const { refreshToken } = await signIn(fixture.site, fixture.identity.signInLink)
    expect((await renewed(fixture, refreshToken)).refresh_token).toBe(refreshToken)
  })

  it('that is replaced may be repeated in its grace; after it the family is void', async () => {
    const fixture = await start({ client: { refreshTokenGraceSeconds: 60 } })
    const { refreshToken } = await signIn(fixture.site, fixture.identity.signInLink)
    const { refresh_token: next = '' } = await renewed(fixture, refreshToken)
    expect(next).not.toBe(refreshToken)
    fixture.clock.advance(59_000)
    expect((await renewed(fixture, refreshToken)).status).toBe(200)
    fixture.clock.advance(2_000)
    expect(await renewed(fixture, refreshToken)).toMatchObject({ status: 400, error: 'invalid_grant' })
    expect(await renewed(fixture, next)).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  it('that replaces another ends when that one would have', async () => {
    const fixture = await start({ client: { refreshTokenGraceSeconds: 60 } })
    const { refreshToken } = await signIn(fixture.site, fixture.identity.signInLink)
    fixture.clock.advance(29 * DAY_MS)
    const { refresh_token: next = '' } = await renewed(fixture, refreshToken)
    fixture.clock.advance(DAY_MS)
    expect((await renewed(fixture, next)).status).toBe(400)
  })

  it('can be revoked', async () => {
    const fixture = await start()
    const { refreshToken } = await signIn(fixture.site, fixture.identity.signInLink)
    await fixture.browser()('/identity/token/revocation', form({ client_id: CLIENT, token: refreshToken }))
    expect((await renewed(fixture, refreshToken)).status).toBe(400)
  })
})

describe('signing out', () => {
  async function signedIn() {
    const fixture = await start()
    const open = fixture.browser()
    await open('/identity/enter', enter(fixture.identity.signInLink))
    const code = codeIn((await open(authorize(fixture.site))).headers.location, fixture.site)
    const { body } = await open('/identity/token', redeem(fixture.site, code))
    const tokens = JSON.parse(body) as { id_token: string; refresh_token: string }
    return { ...fixture, open, tokens }
  }
  const fields = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
        String(name),
        String(value),
      ]),
    )

  it('by the app ends the session and the refresh token, and comes back to the app without a question', async () => {
    const { site, open, tokens, ...fixture } = await signedIn()
    const asked = new URLSearchParams({
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: `${site}/`,
    })
    const page = await open(`/identity/session/end?${asked}`)
    expect(page.body).toContain('src="/identity/page.js"')
    const done = await open('/identity/session/end/confirm', form({ ...fields(page.body), logout: 'yes' }))
    expect([done.status, done.headers.location]).toEqual([303, `${site}/`])
    expect((await renewed({ site, ...fixture }, tokens.refresh_token)).status).toBe(400)
    const { headers } = await open(authorize(site, { prompt: 'none' }))
    expect(headers.location).toContain('error=login_required')
  })

  it('by a link of another site asks first', async () => {
    const { open } = await signedIn()
    expect((await open('/identity/session/end')).body).not.toContain('<script')
  })

  it('by an ID token of a key that signs no more works as well', async () => {
    const { site, open, tokens, identity } = await signedIn()
    identity.rotateKeys()
    const asked = new URLSearchParams({
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: `${site}/`,
    })
    expect((await open(`/identity/session/end?${asked}`)).status).toBe(200)
  })

  it('leads to no address that is not the client’s', async () => {
    const { open, tokens } = await signedIn()
    const asked = new URLSearchParams({
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: 'https://evil.example/',
    })
    expect((await open(`/identity/session/end?${asked}`)).status).toBe(400)
  })
})

describe('signing keys', () => {
  it('rotate after 30 days; a token of the old one is vouched for, and none is signed by it', async () => {
    const { site, identity, verify, clock, browser } = await start()
    const old = await signIn(site, identity.signInLink)
    const keyIds = async () =>
      (JSON.parse((await browser()('/keys')).body) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
    const [first] = await keyIds()
    clock.advance(30 * DAY_MS + 60 * 60_000)
    expect(await keyIds()).toEqual([expect.not.stringContaining(String(first)), first])
    const fresh = await signIn(site, identity.signInLink)
    expect(decodeProtectedHeader(fresh.idToken).kid).not.toBe(first)
    await verify(fresh.idToken)
    await expect(verify(old.idToken)).rejects.toThrow(/exp/)
    clock.advance(30 * DAY_MS)
    expect(await keyIds()).not.toContain(first)
  })

  it('rotate on demand: a token of the old one still verifies against the published set', async () => {
    const { site, identity, verify } = await start()
    const old = await signIn(site, identity.signInLink)
    identity.rotateKeys()
    const fresh = await signIn(site, identity.signInLink)
    expect(decodeProtectedHeader(fresh.idToken).kid).not.toBe(decodeProtectedHeader(old.idToken).kid)
    expect(await Promise.all([verify(old.idToken), verify(fresh.idToken)])).toHaveLength(2)
  })

  it('are published without their private part', async () => {
    const { browser } = await start()
    for (const path of ['/keys', '/identity/jwks']) {
      const { keys } = JSON.parse((await browser()(path)).body)
      expect(keys).toHaveLength(1)
      expect(keys[0]).not.toHaveProperty('d')
    }
  })
})

describe('a restart', () => {
  it('keeps accounts, sessions, refresh tokens and keys, and makes a new link for the owner', async () => {
    const folder = temporaryFolder()
    const first = await startIdentityFixture({ folder })
    const { idToken, refreshToken } = await signIn(first.site, first.identity.signInLink)
    const invited = first.identity.accounts.invite({ email: 'guest@example.org', emailVerified: true })
    await first.close()

    const second = await start({ folder })
    expect((await second.verify(idToken)).sub).toBeDefined()
    const { id_token: fresh = '' } = await renewed(second, refreshToken)
    expect((await second.verify(fresh)).sub).toBe((await second.verify(idToken)).sub)
    expect(second.identity.signInLink).not.toBe(first.identity.signInLink)
    const stale = await second.browser()('/identity/enter', enter(first.identity.signInLink))
    expect(stale.status).toBe(403)
    if (invited.kind === 'invited') await signIn(second.site, second.identity.linkOf(invited.code))
  })

  it('under another address changes nobody: issuer and subject are the same', async () => {
    const folder = temporaryFolder()
    const first = await startIdentityFixture({ folder })
    const before = await first.verify((await signIn(first.site, first.identity.signInLink)).idToken)
    await first.close()
    const second = await start({ folder })
    const after = await second.verify((await signIn(second.site, second.identity.signInLink)).idToken)
    expect(second.site).not.toBe(first.site)
    expect([after.iss, after.sub]).toEqual([before.iss, before.sub])
  })

  it('reads files that are for this user alone and have no code in them', async () => {
    const folder = join(temporaryFolder(), 'identity')
    const { site, identity } = await start({ folder })
    const invited = identity.accounts.invite({ email: 'guest@example.org', emailVerified: true })
    await signIn(site, identity.signInLink)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const files = readdirSync(folder)
    expect(files.sort()).toEqual(['accounts.json', 'issued.json', 'signing-keys.json'])
    const codes = [codeOf(identity.signInLink), invited.kind === 'invited' ? invited.code : '']
    for (const file of files) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
      for (const code of codes) expect(readFileSync(join(folder, file), 'utf8')).not.toContain(code)
    }
  })
})

it('a provider that is down answers nobody, its keys neither, and comes back as it was', async () => {
  const { site, identity, browser } = await start()
  identity.setDown(true)
  const open = browser()
  const down = await Promise.all([open('/keys'), open('/identity/jwks'), open(authorize(site))])
  expect(down.map(({ status }) => status)).toEqual([503, 503, 503])
  identity.setDown(false)
  await signIn(site, identity.signInLink)
})
