import { OidcClient, WebStorageStateStore } from 'oidc-client-ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { safeStorage } from '../browser/safe-storage.ts'
import { manualClock } from '../viewer/testing/manual-clock.ts'
import type { Clock } from '../viewer/timers.ts'
import { browserIssuer, LOAD_AFTER_MS } from './browser-issuer.ts'
import type { Issuer } from './issuer.ts'
import { storedPersonKey } from './stored-person.ts'
import { locksOfABrowser } from './testing/locks-of-a-browser.ts'
import { loopbackIssuer } from './testing/loopback-issuer.ts'

const ORIGIN = 'https://site.example.org'

let far: Awaited<ReturnType<typeof loopbackIssuer>>
let storage: Storage
let issuer: Issuer

beforeEach(async () => {
  far = await loopbackIssuer()
  storage = safeStorage(() => {
    throw new Error('none')
  })
  issuer = tab()
})
afterEach(() => far.close())

const settings = () => ({ issuer: far.issuer, clientId: 'app', scope: 'openid email' })

/** One more tab of the same browser. */
function tab(): Issuer {
  return browserIssuer(settings(), { origin: ORIGIN, storage, locks, changes, clock: hurried })
}

const locks = locksOfABrowser()
const changes = new EventTarget()
/** Nothing here has to wait for what is on its way. */
const hurried: Clock = {
  now: Date.now,
  setTimeout: (callback) => setImmediate(callback),
  clearTimeout: (handle) => clearImmediate(handle as NodeJS.Immediate),
}

/** What the browser does when it leaves for the issuer, up to the address that it comes back by. */
async function comeBack(answer: Record<string, string> = { code: 'the code' }): Promise<string> {
  const store = new WebStorageStateStore({ store: storage })
  const client = new OidcClient({
    authority: far.issuer,
    client_id: 'app',
    redirect_uri: `${ORIGIN}/`,
    scope: 'openid email',
    stateStore: store,
  })
  const { url } = await client.createSigninRequest({ request_type: 'si:r' })
  const left = new URL(url).searchParams
  expect(left.get('code_challenge_method')).toBe('S256')
  return `${ORIGIN}/?${new URLSearchParams({ ...answer, state: left.get('state') ?? '' })}`
}

async function signIn(): Promise<string> {
  const finished = await issuer.finishSignIn(await comeBack())
  if (finished.kind !== 'held') throw new Error(finished.kind)
  return finished.held.token
}

it('loads its library shortly after the page, and once more when that failed', async () => {
  const clock = manualClock()
  const load = vi
    .fn(() => import('./oidc-issuer.ts'))
    .mockImplementationOnce(() => Promise.reject(new TypeError('no network')))
  const late = browserIssuer(settings(), { origin: ORIGIN, storage, locks, changes, clock }, load)
  clock.advance(LOAD_AFTER_MS - 1)
  expect(load).not.toHaveBeenCalled()
  clock.advance(1)
  expect(load).toHaveBeenCalledTimes(1)
  await vi.waitFor(async () => expect((await late.finishSignIn(await comeBack())).kind).toBe('held'))
  expect(load).toHaveBeenCalledTimes(2)
})

describe('coming back from the issuer', () => {
  it('gives the person’s token, and clears up after itself', async () => {
    const before = Date.now()
    const finished = await issuer.finishSignIn(await comeBack())
    if (finished.kind !== 'held') throw new Error(finished.kind)
    expect(finished.held.name).toBe('ann@example.org')
    // The shorter-lived of its tokens says how long.
    expect(finished.held.goodUntil - before).toBeGreaterThan(1_790_000)
    expect(finished.held.goodUntil - before).toBeLessThan(1_810_000)
    expect(tab().stored()).toEqual(finished.held)
    expect(far.asked).toMatchObject([
      { grant_type: 'authorization_code', code: 'the code', client_id: 'app' },
    ])
    expect(far.asked[0]?.['code_verifier']).toMatch(/^[\w-]{43,}$/)
    expect(storage.length).toBe(1)
    expect(storage.key(0)).toBe(storedPersonKey(settings()))
  })

  it('with a refusal is refused', async () => {
    const address = await comeBack({ error: 'access_denied' })
    expect(await issuer.finishSignIn(address)).toEqual({ kind: 'refused' })
  })

  it('by an address that was used before, or that somebody else made, is refused', async () => {
    const address = await comeBack()
    await issuer.finishSignIn(address)
    expect((await issuer.finishSignIn(address)).kind).toBe('refused')
    expect((await issuer.finishSignIn(`${ORIGIN}/?code=x&state=y`)).kind).toBe('refused')
    expect(far.asked).toHaveLength(1)
  })

  it('while it fails is no refusal', async () => {
    const address = await comeBack()
    far.answers(503, 'down', 'text/html')
    expect((await issuer.finishSignIn(address)).kind).toBe('unreachable')
  })
})

it.each(['no JSON', '{}', 'null', '{"id_token":1}'])(
  'nobody is signed in by what is stored when that is %s',
  (stored) => {
    storage.setItem(storedPersonKey(settings()), stored)
    expect(issuer.stored()).toBeNull()
  },
)

describe('renewing', () => {
  it('takes the refresh token, and keeps the one that comes in its place', async () => {
    const token = await signIn()
    const first = await issuer.renew(token)
    if (first.kind !== 'held') throw new Error(first.kind)
    expect(far.claimsOf(first.held.token).n).toBe(2)
    await issuer.renew(first.held.token)
    expect(far.asked.slice(1)).toMatchObject([
      { grant_type: 'refresh_token', refresh_token: 'refresh 1' },
      { grant_type: 'refresh_token', refresh_token: 'refresh 2' },
    ])
  })

  it('in two tabs at once asks the issuer once', async () => {
    const token = await signIn()
    const [one, another] = await Promise.all([issuer.renew(token), tab().renew(token)])
    expect(one).toEqual(another)
    expect(far.asked).toHaveLength(2)
  })

  it.each([
    ['refused', 400, { error: 'invalid_grant' }, undefined],
    ['refused', 401, { error: 'invalid_client' }, undefined],
    ['unreachable', 503, { error: 'temporarily_unavailable' }, undefined],
    ['unreachable', 502, 'Bad Gateway', undefined],
    ['unreachable', 500, {}, undefined],
    ['unreachable', 200, '<!doctype html>', 'text/html'],
    ['unreachable', 200, '<!doctype html>', undefined],
  ] as const)('is %s with %i and %j', async (kind, status, body, type) => {
    const token = await signIn()
    far.answers(status, body, type)
    expect(await issuer.renew(token)).toEqual({ kind })
    expect(issuer.stored()?.token).toBe(token)
  })

  it('is unreachable when nobody answers at all', async () => {
    const token = await signIn()
    await far.close()
    expect(await issuer.renew(token)).toEqual({ kind: 'unreachable' })
    far = await loopbackIssuer()
  })

  it('is refused for a token of somebody else', async () => {
    const token = await signIn()
    const claims = Buffer.from(JSON.stringify({ sub: 'bob', exp: 9e9, iat: 1 })).toString('base64url')
    far.answers(200, { id_token: `e30.${claims}.x`, access_token: 'a', token_type: 'Bearer' })
    expect(await issuer.renew(token)).toEqual({ kind: 'refused' })
  })

  it('is refused once another tab has signed out', async () => {
    const token = await signIn()
    tab().forget()
    expect(await issuer.renew(token)).toEqual({ kind: 'refused' })
  })
})

it('signing out takes the refresh token back and forgets the person, though the issuer ends no sessions', async () => {
  await signIn()
  expect(await issuer.signOut()).toBe('stays')
  expect(far.asked.at(-1)).toMatchObject({ path: '/revoke', token: 'refresh 1' })
  expect(issuer.stored()).toBeNull()
})

it('signing in at an issuer that is down is told, and leaves nothing behind', async () => {
  far.answers(503, '')
  await far.close()
  expect(await issuer.signIn(false)).toBe('unreachable')
  expect(storage.length).toBe(0)
  far = await loopbackIssuer()
})
