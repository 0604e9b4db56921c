import { afterEach, describe, expect, it } from 'vitest'
import { authorize, codeIn, enter, redeem } from './testing/app-requests.ts'
import { type IdentityFixture, startIdentityFixture } from './testing/identity-fixture.ts'

const DAY_MS = 24 * 60 * 60_000

const running: IdentityFixture[] = []
afterEach(() => Promise.all(running.splice(0).map((fixture) => fixture.close())))

async function start(): Promise<IdentityFixture> {
  const fixture = await startIdentityFixture()
  running.push(fixture)
  return fixture
}

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
    const { body } = await open('/identity/token', redeem(site, codeIn(resumed)))
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
