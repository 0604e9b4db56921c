import { beforeEach, describe, expect, it } from 'vitest'
import { safeStorage } from '../browser/safe-storage.ts'
import { type ManualClock, manualClock } from '../viewer/testing/manual-clock.ts'
import { ALMOST_OVER_MS, EARLY_MS, PersonSession } from './person-session.ts'
import type { SessionState } from './session-state.ts'
import { fakeIssuer, MINUTE_MS } from './testing/fake-issuer.ts'

const HOUR_MS = 60 * MINUTE_MS
const SIGNED_IN: SessionState = { phase: 'signed-in', name: 'ann@example.org' }
const ADDRESS = 'https://example.org/?code=c&state=s'

let clock: ManualClock
let issuer: ReturnType<typeof fakeIssuer>
let storage: Storage
let states: SessionState[]
let session: PersonSession

beforeEach(() => {
  clock = manualClock()
  issuer = fakeIssuer(clock.now)
  storage = safeStorage(() => {
    throw new Error('none')
  })
  session = load()
})

/** A fresh page in the same browser. */
function load(): PersonSession {
  states = []
  return new PersonSession({
    issuer: issuer.issuer,
    clock,
    random: () => 0.5,
    storage,
    changed: (state) => states.push(state),
  })
}

const state = () => states.at(-1)

async function signedIn(): Promise<void> {
  issuer.give()
  await session.open(null)
}

/** Lets what waits for promises go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await settled()
}

describe('coming to the page', () => {
  it('for the first time one is signed out', async () => {
    await session.open(null)
    expect(states).toEqual([{ phase: 'signed-out', why: 'fresh' }])
    expect(await session.freshToken(false)).toEqual({ kind: 'none' })
  })

  it('again one is still signed in', async () => {
    await signedIn()
    expect(states).toEqual([SIGNED_IN])
    expect(await session.freshToken(false)).toEqual({ kind: 'token', token: 'token 1' })
  })

  it('from the issuer one is signed in', async () => {
    await session.open(ADDRESS)
    expect(states).toEqual([SIGNED_IN])
    expect(issuer.said).toEqual([`finish ${ADDRESS}`])
  })

  it.each([
    ['refused', 'refused'],
    ['unreachable', 'issuer-unreachable'],
  ] as const)('from an issuer that is %s one is told so', async (kind, why) => {
    issuer.finishes(kind)
    await session.open(ADDRESS)
    expect(states).toEqual([{ phase: 'failed', why }])
  })

  it('by an old address of the issuer’s nobody is signed out', async () => {
    issuer.give()
    issuer.finishes('refused')
    await session.open(ADDRESS)
    expect(states).toEqual([SIGNED_IN])
  })
})

describe('signing in', () => {
  it('leaves the page', async () => {
    await session.open(null)
    await session.signIn()
    expect(state()).toEqual({ phase: 'redirecting' })
    expect(issuer.said).toEqual(['sign in'])
  })

  it('is begun once however often it is clicked', async () => {
    await Promise.all([session.signIn(), session.signIn()])
    expect(issuer.said).toHaveLength(1)
  })

  it('says when the issuer cannot be reached', async () => {
    issuer.lets('unreachable')
    await session.signIn()
    expect(state()).toEqual({ phase: 'failed', why: 'issuer-unreachable' })
  })
})

describe('signing out', () => {
  it('leaves for the issuer, and is remembered until somebody signs in', async () => {
    await signedIn()
    await session.signOut()
    expect(state()).toEqual({ phase: 'redirecting' })
    session = load()
    await session.open(null)
    expect(states).toEqual([{ phase: 'signed-out', why: 'left' }])
    session = load()
    await session.open(ADDRESS)
    issuer.take()
    session = load()
    await session.open(null)
    expect(states).toEqual([{ phase: 'signed-out', why: 'fresh' }])
  })

  it('is done here although the issuer knows no such thing', async () => {
    issuer.endsSessions('stays')
    await signedIn()
    await session.signOut()
    expect(state()).toEqual({ phase: 'signed-out', why: 'left' })
    expect(issuer.holds()).toBe(false)
  })

  it('[R36] everywhere makes the issuer ask again who one is, also after the browser was closed', async () => {
    await signedIn()
    session.drop('signed-out')
    expect(state()).toEqual({ phase: 'signed-out', why: 'signed-out' })
    expect(issuer.holds()).toBe(false)
    session = load()
    await session.open(null)
    await session.signIn()
    expect(issuer.said).toEqual(['sign in again'])
  })

  it('in another tab is seen in this one, and so is signing in', async () => {
    await signedIn()
    issuer.take()
    session.storedChanged()
    expect(state()?.phase).toBe('signed-out')
    issuer.give()
    session.storedChanged()
    expect(state()).toEqual(SIGNED_IN)
  })
})

describe('a token', () => {
  it('with less than a minute left is renewed before it is shown', async () => {
    issuer.renews('unreachable')
    await signedIn()
    await pass(HOUR_MS - ALMOST_OVER_MS)
    expect(await session.freshToken(false)).toMatchObject({ token: 'token 1' })
    await pass(1)
    issuer.renews('held')
    expect(await session.freshToken(false)).toEqual({ kind: 'token', token: 'token 2' })
  })

  it('that the cloud finds too old is renewed, whatever the clock here says', async () => {
    await signedIn()
    expect(await session.freshToken(true)).toEqual({ kind: 'token', token: 'token 2' })
  })

  it('is renewed early by itself, so that an issuer that is down for a while is noticed by nobody', async () => {
    await signedIn()
    await pass(HOUR_MS - EARLY_MS - 1)
    expect(issuer.said).toEqual([])
    await pass(1)
    expect(issuer.said).toEqual(['renew token 1'])
    await pass(HOUR_MS)
    expect(issuer.said).toEqual(['renew token 1', 'renew token 2'])
    expect(new Set(states.map(({ phase }) => phase))).toEqual(new Set(['signed-in']))
  })

  it('that another tab has renewed in its time is not renewed once more', async () => {
    await signedIn()
    await pass(HOUR_MS - EARLY_MS - 1)
    issuer.give()
    await pass(1)
    expect(issuer.said).toEqual([])
    await pass(HOUR_MS - EARLY_MS - 1)
    expect(issuer.said).toEqual(['renew token 2'])
    expect(await session.freshToken(false)).toEqual({ kind: 'token', token: 'token 3' })
  })

  it('that cannot be renewed is tried again with backoff while it is good, and then no more', async () => {
    issuer.renews('unreachable')
    await signedIn()
    await pass(HOUR_MS - EARLY_MS)
    await pass(8_000)
    await pass(15_000)
    expect(issuer.said).toHaveLength(3)
    for (let n = 0; n < 60; n += 1) await pass(15_000)
    const asked = issuer.said.length
    await pass(HOUR_MS)
    expect(issuer.said).toHaveLength(asked)
    expect(state()).toEqual(SIGNED_IN)
  })

  it('is used up to its end while the issuer is down, and none is shown after', async () => {
    issuer.renews('unreachable')
    await signedIn()
    await pass(HOUR_MS - 1)
    expect(await session.freshToken(false)).toEqual({ kind: 'token', token: 'token 1' })
    await pass(1)
    expect(await session.freshToken(false)).toEqual({ kind: 'later' })
    issuer.renews('held')
    expect(await session.freshToken(false)).toEqual({ kind: 'token', token: 'token 2' })
    for (const one of states) expect(one).toEqual(SIGNED_IN)
  })

  it('that lapsed before the page was opened, with the issuer down, is what the page then is about', async () => {
    issuer.renews('unreachable')
    issuer.give(-1)
    await session.open(null)
    expect(await session.freshToken(false)).toEqual({ kind: 'later' })
    expect(state()).toEqual({ phase: 'failed', why: 'issuer-unreachable' })
    issuer.renews('held')
    expect(await session.freshToken(false)).toEqual({ kind: 'token', token: 'token 2' })
    expect(state()).toEqual(SIGNED_IN)
  })

  it('that the issuer renews no longer signs out when it is needed, and not before', async () => {
    issuer.renews('refused')
    await signedIn()
    await pass(HOUR_MS)
    expect(state()).toEqual(SIGNED_IN)
    expect(await session.freshToken(false)).toEqual({ kind: 'none' })
    expect(state()).toEqual({ phase: 'signed-out', why: 'expired' })
    expect(issuer.holds()).toBe(false)
  })

  it('is asked for once at a time: an issuer takes a refresh token that comes twice for a stolen one', async () => {
    await signedIn()
    const answer = issuer.slow()
    const both = Promise.all([session.freshToken(true), session.freshToken(true)])
    await settled()
    answer()
    expect(await both).toEqual(Array(2).fill({ kind: 'token', token: 'token 2' }))
    expect(issuer.said).toEqual(['renew token 1'])
  })

  it('is none once another tab has signed out', async () => {
    await signedIn()
    issuer.take()
    expect(await session.freshToken(false)).toEqual({ kind: 'none' })
    expect(state()?.phase).toBe('signed-out')
  })

  it('is not renewed over and over by a clock that is far ahead', async () => {
    issuer.give(-600)
    await session.open(null)
    await pass(HOUR_MS)
    expect(issuer.said).toEqual([])
    expect(await session.freshToken(false)).toMatchObject({ kind: 'token' })
  })
})
