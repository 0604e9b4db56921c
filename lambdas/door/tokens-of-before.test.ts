import { createLocalJWKSet } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../testing/memory-store.ts'
import { admitPerson, ISSUER_CLOCK_LEEWAY_SECONDS } from './admit-person.ts'
import { personId } from './id-token.ts'
import {
  CLIENT,
  claims,
  ISSUER,
  idToken,
  jwksOf,
  NOW,
  NOW_SECONDS,
  SUBJECT,
  signingKey,
} from './testing/issuer.ts'

const key = signingKey('k1')
const stranger = signingKey('k1')
const PERSON = personId(ISSUER, SUBJECT)
const LEEWAY = ISSUER_CLOCK_LEEWAY_SECONDS
const keyOf = createLocalJWKSet(JSON.parse(jwksOf(key)))

function createDoor() {
  const store = createMemoryStore(() => NOW)
  const door = { issuer: ISSUER, clientId: CLIENT, keyOf, store, now: () => NOW }
  return { store, admit: (token: string) => admitPerson(token, door) }
}
const admit = (token: string) => createDoor().admit(token)
const admitClaims = async (changes: Readonly<Record<string, unknown>>) =>
  admit(await idToken(key, claims(changes)))

describe('tokens that were good once', () => {
  const EXPIRED = { kind: 'nobody', reason: 'token-expired' }
  const SIGNED_OUT = { kind: 'nobody', reason: 'signed-out' }

  it('[R30] expired: its bearer is nobody, and told so', async () => {
    expect(await admitClaims({ exp: NOW_SECONDS - LEEWAY + 1 })).toMatchObject({ kind: 'person' })
    expect(await admitClaims({ exp: NOW_SECONDS - LEEWAY })).toEqual(EXPIRED)
  })

  it('[R30] expired, and wrong besides, is refused', async () => {
    const old = claims({ iat: NOW_SECONDS - 7200, exp: NOW_SECONDS - 3600 })
    expect(await admit(await idToken(key, old))).toEqual(EXPIRED)
    expect(await admit(await idToken(stranger, old))).toMatchObject({ kind: 'refused' })
    expect(await admit(await idToken(key, { ...old, aud: 'other' }))).toMatchObject({ kind: 'refused' })
    expect(await admit(await idToken(key, { ...old, iss: 'other' }))).toMatchObject({ kind: 'refused' })
  })

  const signedOut = async (authTime: number | undefined, signedOutAt: number) => {
    const { store, admit } = createDoor()
    const person = { person: PERSON, revision: 1, name: 'A', email: null, owner: true, since: 1 }
    await store.putPerson({ ...person, signedOutAt }, null)
    const changes = authTime === undefined ? {} : { auth_time: authTime }
    return admit(await idToken(key, claims(changes)))
  }

  it('[R36] of before a signing out everywhere: its bearer is nobody, and told so', async () => {
    const at = NOW_SECONDS - 100
    expect(await signedOut(at, 0)).toMatchObject({ kind: 'person' })
    expect(await signedOut(at, at * 1000 - 1)).toMatchObject({ kind: 'person' })
    expect(await signedOut(at, at * 1000)).toEqual(SIGNED_OUT)
    expect(await signedOut(at, NOW)).toEqual(SIGNED_OUT)
  })

  it('[R36] renewed since, it is still of before', async () => {
    expect(await signedOut(NOW_SECONDS - 5_000, (NOW_SECONDS - 60) * 1000)).toEqual(SIGNED_OUT)
  })

  it('[R36] without a word on when the person signed in, the time of the token counts', async () => {
    expect(await signedOut(undefined, (NOW_SECONDS - 60) * 1000)).toMatchObject({ kind: 'person' })
    expect(await signedOut(undefined, NOW)).toEqual(SIGNED_OUT)
  })
})
