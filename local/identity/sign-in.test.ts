import { afterEach, describe, expect, it } from 'vitest'
import {
  CLIENT,
  type FixtureOptions,
  type IdentityFixture,
  ISSUER,
  OWNER,
  startIdentityFixture,
} from './identity-fixture.ts'
import { signIn } from './sign-in-client.ts'

const running: IdentityFixture[] = []
afterEach(() => Promise.all(running.splice(0).map((fixture) => fixture.close())))

async function start(options?: FixtureOptions): Promise<IdentityFixture> {
  const fixture = await startIdentityFixture(options)
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
    expect(refreshToken).toMatch(/^[\w-]{20,}$/)
    expect(failures).toEqual([])
  })
})
