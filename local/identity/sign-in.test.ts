import { decodeProtectedHeader } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { signIn } from './sign-in-client.ts'
import { authorize, codeIn, enter, form, redeem } from './testing/app-requests.ts'
import {
  CLIENT,
  type IdentityFixture,
  ISSUER,
  OWNER,
  startIdentityFixture,
} from './testing/identity-fixture.ts'

const DAY_MS = 24 * 60 * 60_000

const running: IdentityFixture[] = []
afterEach(() => Promise.all(running.splice(0).map((fixture) => fixture.close())))

async function start(): Promise<IdentityFixture> {
  const fixture = await startIdentityFixture()
  running.push(fixture)
  return fixture
}

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

  it('asks before a browser in which somebody else is signed in becomes another’s, and takes a session of its own', async () => {
    const { site, identity, browser, verify } = await start()
    const open = browser()
    const guest = identity.accounts.invite({ email: 'guest@example.org', emailVerified: true })
    if (guest.kind !== 'given') throw new Error(guest.kind)
    const personOf = async () => {
      const { body } = await open('/identity/token', redeem(site, codeIn(await open(authorize(site)))))
      return (await verify(JSON.parse(body).id_token)).email
    }
    await open('/identity/enter', enter(identity.signInLink))
    const asked = await open('/identity/enter', form({ code: guest.code }))
    expect([asked.status, asked.headers['set-cookie']]).toEqual([200, undefined])
    expect(asked.body).toContain(`signed in as ${OWNER}. The link that you opened is for guest@example.org.`)
    expect(asked.body).not.toContain('<script')
    expect(await personOf()).toBe(OWNER)
    await open('/identity/enter', form({ code: guest.code, sure: 'yes' }))
    expect(await personOf()).toBe('guest@example.org')
  })
})

it('[R33] a link that signs in nobody any more says so, also to a browser in which somebody else is signed in', async () => {
  const { identity, browser, clock } = await start()
  const codes = ['used@example.org', 'expired@example.org'].map((email) => {
    const invited = identity.accounts.invite({ email, emailVerified: true })
    if (invited.kind !== 'given') throw new Error(invited.kind)
    return invited.code
  })
  const [used = '', expired = ''] = codes
  await browser()('/identity/enter', form({ code: used }))
  clock.advance(7 * DAY_MS)
  const open = browser()
  await open('/identity/enter', enter(identity.signInLink))
  const answers = [used, expired].map((code) => open('/identity/enter', form({ code })))
  const [first, second] = await Promise.all(answers)
  expect([first?.status, second?.status]).toEqual([403, 403])
  expect(first?.body).toContain('This link has been used already.')
  expect(second?.body).toContain('This link is too old.')
})

describe('an invitation', () => {
  async function invite(emailVerified = true) {
    const fixture = await start()
    const invited = fixture.identity.accounts.invite({ email: 'Guest@Example.org', emailVerified })
    if (invited.kind !== 'given') throw new Error(invited.kind)
    return { ...fixture, link: fixture.identity.linkOf(invited.code) }
  }

  it('[R33] signs in whoever has it, once', async () => {
    const { site, link, verify, browser } = await invite()
    const { idToken } = await signIn(site, link)
    expect(await verify(idToken)).toMatchObject({ email: 'guest@example.org', email_verified: true })
    const again = await browser()('/identity/enter', enter(link))
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined])
    expect(again.body).toContain('This link has been used already. It signs in once.')
  })

  it('is good for seven days', async () => {
    const { link, browser, clock } = await invite()
    clock.advance(7 * DAY_MS)
    const late = await browser()('/identity/enter', enter(link))
    expect([late.status, late.headers['set-cookie']]).toEqual([403, undefined])
    expect(late.body).toContain('This link is too old.')
  })

  it('[R32] to an address that nobody has verified says so in the token', async () => {
    const { site, link, verify } = await invite(false)
    expect(await verify((await signIn(site, link)).idToken)).toMatchObject({ email_verified: false })
  })

  it('given again, makes the one before it void', async () => {
    const { site, link, identity, browser } = await invite()
    const again = identity.accounts.inviteAgain('guest@example.org')
    expect((await browser()('/identity/enter', enter(link))).status).toBe(403)
    if (again.kind === 'given') await signIn(site, identity.linkOf(again.code))
    expect(identity.accounts.inviteAgain('guest@example.org')).toEqual({ kind: 'confirmed' })
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

describe('the way back in', () => {
  it('[R32] is a new link in the terminal for who has an account, each good once', async () => {
    const { site, identity, browser, mails, clock, verify } = await start()
    const invited = identity.accounts.invite({ email: 'guest@example.org', emailVerified: true })
    if (invited.kind !== 'given') throw new Error(invited.kind)
    await signIn(site, identity.linkOf(invited.code))
    clock.advance(60_000)
    const answer = await browser()('/identity/remind', form({ email: ' Guest@Example.org ' }))
    expect([answer.status, answer.headers['set-cookie']]).toEqual([200, undefined])
    expect(mails.map(({ to }) => to)).toEqual(['guest@example.org'])
    const [mail] = mails
    clock.advance(60_000)
    await browser()('/identity/remind', form({ email: 'guest@example.org' }))
    // Whoever asks for another makes no earlier one void.
    const { idToken } = await signIn(site, mail?.link ?? '')
    expect((await verify(idToken)).email).toBe('guest@example.org')
    const again = await browser()('/identity/enter', {
      ...enter(mail?.link ?? ''),
      headers: { 'Accept-Language': 'ja' },
    })
    expect(again.status).toBe(403)
    expect(again.body).toContain('このリンクはすでに使われています。1回だけ使えます。')
  })

  it('says to nobody who has an account, floods no terminal, and is not for other sites', async () => {
    const { site, browser, mails, clock } = await start()
    const ask = (email: string, headers = {}) =>
      browser()('/identity/remind', { ...form({ email }), ...headers })
    const [known, unknown] = [await ask(OWNER), await ask('nobody@example.org')]
    expect(known.body).toBe(unknown.body)
    expect((await ask(OWNER)).body).toBe(known.body)
    expect(mails).toHaveLength(1)
    // Nobody is to wait for a line that does not come.
    expect(known.body).toContain('at most one a minute')
    const japanese = await ask(OWNER, { headers: { Origin: site, 'Accept-Language': 'ja' } })
    expect(japanese.body).toContain('1分に1つまで')
    for (let asked = 0; asked < 30; asked += 1) {
      clock.advance(60_000)
      await ask(OWNER)
    }
    expect(mails).toHaveLength(20)
    expect((await ask(OWNER, { headers: { Origin: 'https://evil.example' } })).status).toBe(403)
  })
})
