import { describe, expect, it } from 'vitest'
import { personId, readIdToken } from './id-token.ts'
import { CLIENT, claims, ISSUER, NOW_SECONDS, SUBJECT } from './testing/issuer.ts'

const PERSON = personId(ISSUER, SUBJECT)
const SHORT = PERSON.slice(0, 8)

const read = (changes: Readonly<Record<string, unknown>> = {}) =>
  readIdToken(claims(changes), { issuer: ISSUER, clientId: CLIENT })
const personOf = (changes: Readonly<Record<string, unknown>>) => read(changes)?.person

describe('whose ID token it is', () => {
  it('[R32] another person at another issuer, or by another subject', () => {
    const people = [
      personId(ISSUER, SUBJECT),
      personId(`${ISSUER}2`, SUBJECT),
      personId(ISSUER, `${SUBJECT}2`),
      personId(`${ISSUER}\n`, SUBJECT),
    ]
    expect(new Set(people).size).toBe(people.length)
    expect(PERSON).toMatch(/^[\w-]{43}$/)
  })

  it('[R32] for an audience among others when it was issued to that', () => {
    expect(read({ aud: [CLIENT] })?.person.id).toBe(PERSON)
    expect(read({ aud: [CLIENT, 'api'], azp: CLIENT })?.person.id).toBe(PERSON)
    expect(read({ aud: [CLIENT, 'api'] })).toBeNull()
    expect(read({ aud: [CLIENT, 'api'], azp: 'api' })).toBeNull()
    expect(read({ azp: 'other' })).toBeNull()
  })

  it('[R36] proven when the person signed in, however often it was renewed since', () => {
    expect(personOf({ auth_time: NOW_SECONDS - 5_000 })?.authenticatedAt).toBe((NOW_SECONDS - 5_000) * 1000)
    expect(personOf({ iat: NOW_SECONDS - 7 })?.authenticatedAt).toBe((NOW_SECONDS - 7) * 1000)
    expect(personOf({ auth_time: NOW_SECONDS - 5_000 + 0.0001 })?.authenticatedAt).toBe(
      (NOW_SECONDS - 5_000) * 1000,
    )
  })
})

describe('the address and the name', () => {
  it.each([true, 'true'])('[R32] an address counts when the issuer has verified it: %j', (verified) => {
    expect(personOf({ email: 'Aiko@Home.Example', email_verified: verified })).toMatchObject({
      email: 'aiko@home.example',
      name: 'aiko@home.example',
    })
  })

  it('[R32] a verified address is shown rather than a name, which people choose', () => {
    const changes = { email: 'aiko@home.example', email_verified: true, name: 'The owner' }
    expect(personOf(changes)?.name).toBe('aiko@home.example')
  })

  it.each([undefined, false, 'false', 'TRUE', 1, null, [true], {}])(
    '[R32] an unverified e-mail says nothing: %j',
    (verified) => {
      const person = personOf({ email: 'aiko@home.example', email_verified: verified })
      expect(person).toMatchObject({ kind: 'person', email: null, name: SHORT })
    },
  )

  it.each(['', 'aiko', '@', 'a@b c', 'a\n@b', `${'a'.repeat(300)}@b.example`, 7, ['a@b.example'], null])(
    '[R32] an address that is none says nothing: %j',
    (email) => {
      expect(personOf({ email, email_verified: true })).toMatchObject({ kind: 'person', email: null })
    },
  )

  it.each([
    ['Aiko', 'Aiko'],
    ['見張り 愛子', '見張り 愛子'],
    [' <img src=x> ', '<img src=x>'],
    ['\u202eoki\u0000A', 'okiA'],
    ['x'.repeat(300), 'x'.repeat(256)],
    [`x${'🦊'.repeat(200)}`, `x${'🦊'.repeat(127)}`],
    ['owner@home.example', SHORT],
    ['owner＠home.example', SHORT],
    ['owner﹫home.example', SHORT],
    ['ow\u200bner@\u2060home.example', SHORT],
    ['\u0000', SHORT],
    [{ a: 1 }, SHORT],
  ])('without an address the name is shown, as far as it is one: %j', (name, shown) => {
    expect(personOf({ name })).toMatchObject({ email: null, name: shown })
  })
})
