import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { signIn } from './sign-in-client.ts'
import { enter, renewed } from './testing/app-requests.ts'
import {
  codeOf,
  type FixtureOptions,
  type IdentityFixture,
  startIdentityFixture,
} from './testing/identity-fixture.ts'

const running: IdentityFixture[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((fixture) => fixture.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function start(options: FixtureOptions): Promise<IdentityFixture> {
  const fixture = await startIdentityFixture(options)
  running.push(fixture)
  return fixture
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-identity-'))
  folders.push(folder)
  return folder
}

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
    if (invited.kind === 'given') await signIn(second.site, second.identity.linkOf(invited.code))
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
    const codes = [codeOf(identity.signInLink), invited.kind === 'given' ? invited.code : '']
    for (const file of files) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
      for (const code of codes) expect(readFileSync(join(folder, file), 'utf8')).not.toContain(code)
    }
  })
})
