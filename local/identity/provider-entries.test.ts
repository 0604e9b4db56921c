import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../testing/manual-clock.ts'
import { openProviderEntries, type ProviderEntries } from './provider-entries.ts'

const GRACE_SECONDS = 60
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const PLACES = [
  ['in memory', () => 'memory'],
  ['in a folder', temporaryFolder],
] as const

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-entries-'))
  folders.push(folder)
  return folder
}

const open = (folder: string, clock: ManualClock) =>
  openProviderEntries({ folder, clock, refreshTokenGraceSeconds: GRACE_SECONDS })

describe.each(PLACES)('what the provider keeps %s', (_, place) => {
  let clock: ManualClock
  let entries: ProviderEntries
  beforeEach(() => {
    clock = manualClock(1_000_000)
    entries = open(place(), clock)
  })

  it('is found by its id and model, as it was', async () => {
    await entries.adapter('Session').upsert('id', { uid: 'u', accountId: 'a' }, 10)
    expect(await entries.adapter('Session').find('id')).toEqual({ uid: 'u', accountId: 'a' })
    expect(await entries.adapter('Grant').find('id')).toBeUndefined()
    expect(await entries.adapter('Session').find('other')).toBeUndefined()
  })

  it('is found by names that objects have as well as by any other', async () => {
    await entries.adapter('Session').upsert('__proto__', { uid: 'u' }, 10)
    expect(await entries.adapter('Session').find('constructor')).toBeUndefined()
    expect(await entries.adapter('Session').find('__proto__')).toEqual({ uid: 'u' })
  })

  it('does not change when what was given or found is changed', async () => {
    const given = { scope: 'openid' }
    await entries.adapter('Grant').upsert('id', given, 10)
    given.scope = 'other'
    Object.assign((await entries.adapter('Grant').find('id')) ?? {}, { scope: 'another' })
    expect(await entries.adapter('Grant').find('id')).toEqual({ scope: 'openid' })
  })

  it('is replaced by what comes with the same id', async () => {
    await entries.adapter('Session').upsert('id', { uid: 'u' }, 10)
    await entries.adapter('Session').upsert('id', { uid: 'v' }, 10)
    expect(await entries.adapter('Session').findByUid('u')).toBeUndefined()
    expect(await entries.adapter('Session').findByUid('v')).toEqual({ uid: 'v' })
  })

  it('is found until its time is over, and not from then on', async () => {
    await entries.adapter('Session').upsert('id', { uid: 'u' }, 10)
    clock.advance(9_999)
    expect(await entries.adapter('Session').find('id')).toBeDefined()
    clock.advance(1)
    expect(await entries.adapter('Session').find('id')).toBeUndefined()
    expect(await entries.adapter('Session').findByUid('u')).toBeUndefined()
  })

  it('is gone when it is destroyed, or its grant is revoked', async () => {
    const tokens = entries.adapter('RefreshToken')
    await tokens.upsert('a', { grantId: 'g' }, 10)
    await tokens.upsert('b', { grantId: 'g' }, 10)
    await tokens.upsert('c', { grantId: 'h' }, 10)
    await tokens.destroy('c')
    expect(await tokens.find('c')).toBeUndefined()
    await tokens.upsert('c', { grantId: 'h' }, 10)
    await tokens.revokeByGrantId('g')
    const found = await Promise.all(['a', 'b', 'c'].map((id) => tokens.find(id)))
    expect(found.map((one) => one !== undefined)).toEqual([false, false, true])
  })

  it('says of a code at once that it has been used', async () => {
    await entries.adapter('AuthorizationCode').upsert('id', { grantId: 'g' }, 60)
    await entries.adapter('AuthorizationCode').consume('id')
    expect(await entries.adapter('AuthorizationCode').find('id')).toMatchObject({ consumed: 1_000 })
  })

  it('says of a refresh token only after its grace, counted from the first use', async () => {
    const tokens = entries.adapter('RefreshToken')
    await tokens.upsert('id', { grantId: 'g' }, 1_000)
    await tokens.consume('id')
    clock.advance(30_000)
    expect(await tokens.find('id')).not.toHaveProperty('consumed')
    await tokens.consume('id')
    clock.advance(30_000)
    expect(await tokens.find('id')).toMatchObject({ consumed: 1_000 })
  })
})

it('sessions, grants and refresh tokens outlive a restart; what is good for a moment does not, nor what was swept', async () => {
  const folder = temporaryFolder()
  const clock = manualClock()
  const entries = open(folder, clock)
  for (const model of [
    'Session',
    'Grant',
    'RefreshToken',
    'AuthorizationCode',
    'Interaction',
    'AccessToken',
  ]) {
    await entries.adapter(model).upsert('id', { uid: 'u' }, 100)
  }
  await entries.adapter('Session').upsert('short', { uid: 'v' }, 10)
  clock.advance(10_000)
  entries.sweep()
  // Written together with what was swept.
  await entries.adapter('Grant').upsert('other', {}, 100)

  const again = open(folder, manualClock())
  const kept = async (model: string, id = 'id') => (await again.adapter(model).find(id)) !== undefined
  expect([await kept('Session'), await kept('Grant'), await kept('RefreshToken')]).toEqual([true, true, true])
  expect([await kept('AuthorizationCode'), await kept('Interaction'), await kept('AccessToken')]).toEqual([
    false,
    false,
    false,
  ])
  expect(await kept('Session', 'short')).toBe(false)
})
