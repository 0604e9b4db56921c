import { decodeProtectedHeader } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { signIn } from './sign-in-client.ts'
import { authorize, codeIn, enter, form, redeem, renew, renewed } from './testing/app-requests.ts'
import {
  CLIENT,
  type FixtureOptions,
  type IdentityFixture,
  startIdentityFixture,
} from './testing/identity-fixture.ts'

const DAY_MS = 24 * 60 * 60_000

const running: IdentityFixture[] = []
afterEach(() => Promise.all(running.splice(0).map((fixture) => fixture.close())))

async function start(options?: FixtureOptions): Promise<IdentityFixture> {
  const fixture = await startIdentityFixture(options)
  running.push(fixture)
  return fixture
}

describe('a code', () => {
  async function withCode() {
    const fixture = await start()
    const open = fixture.browser()
    await open('/identity/enter', enter(fixture.identity.signInLink))
    const code = codeIn(await open(authorize(fixture.site)))
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
