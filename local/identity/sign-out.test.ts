import { afterEach, describe, expect, it } from 'vitest'
import { authorize, codeIn, enter, form, redeem, renewed } from './testing/app-requests.ts'
import { CLIENT, type IdentityFixture, startIdentityFixture } from './testing/identity-fixture.ts'

const running: IdentityFixture[] = []
afterEach(() => Promise.all(running.splice(0).map((fixture) => fixture.close())))

async function start(): Promise<IdentityFixture> {
  const fixture = await startIdentityFixture()
  running.push(fixture)
  return fixture
}

describe('signing out', () => {
  async function signedIn() {
    const fixture = await start()
    const open = fixture.browser()
    await open('/identity/enter', enter(fixture.identity.signInLink))
    const code = codeIn(await open(authorize(fixture.site)))
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
    expect((await renewed(fixture, tokens.refresh_token)).status).toBe(400)
    const { headers } = await open(authorize(site, { prompt: 'none' }))
    expect(headers.location).toContain('error=login_required')
  })

  const from = (site: string, dest = 'document') => ({
    headers: { 'Sec-Fetch-Site': site, 'Sec-Fetch-Dest': dest, 'Sec-Fetch-Mode': 'navigate' },
  })

  it('by a page of the site is not asked again without a token either, and ends the session', async () => {
    const { site, open, tokens, ...fixture } = await signedIn()
    const asked = new URLSearchParams({ client_id: CLIENT, post_logout_redirect_uri: `${site}/` })
    const page = await open(`/identity/session/end?${asked}`, from('same-origin'))
    expect(page.body).toContain('src="/identity/page.js"')
    const done = await open('/identity/session/end/confirm', form({ ...fields(page.body), logout: 'yes' }))
    expect([done.status, done.headers.location]).toEqual([303, `${site}/`])
    expect((await renewed(fixture, tokens.refresh_token)).status).toBe(400)
    const { headers } = await open(authorize(site, { prompt: 'none' }))
    expect(headers.location).toContain('error=login_required')
  })

  it.each([
    ['by a link of another site', from('cross-site')],
    ['by another program of this machine', from('same-site')],
    ['by an address that was typed', from('none')],
    ['inside another page', from('same-origin', 'iframe')],
    ['by a browser that does not say who asks', {}],
  ])('%s asks first', async (_, request) => {
    const { open } = await signedIn()
    const { body } = await open('/identity/session/end', request)
    expect(body).toContain('Sign out?')
    expect(body).not.toContain('<script')
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
