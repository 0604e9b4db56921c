import { createHmac, sign } from 'node:crypto'
import { createLocalJWKSet, type JWTVerifyGetKey, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../testing/memory-store.ts'
import { admitPerson, ISSUER_CLOCK_LEEWAY_SECONDS } from './admit-person.ts'
import { personId } from './id-token.ts'
import { deviceKey } from './testing/device-key.ts'
import {
  CLIENT,
  claims,
  encoded,
  ISSUER,
  idToken,
  jwksOf,
  NOW,
  NOW_SECONDS,
  publicJwk,
  SUBJECT,
  signingKey,
} from './testing/issuer.ts'

const key = signingKey('k1')
const rsa = signingKey('k2', 'RS256')
const ed = signingKey('k3', 'EdDSA')
const stranger = signingKey('k1')
const PERSON = personId(ISSUER, SUBJECT)
const LEEWAY = ISSUER_CLOCK_LEEWAY_SECONDS

const KEYS = createLocalJWKSet(JSON.parse(jwksOf(key, rsa, ed)))

function createDoor(keyOf: JWTVerifyGetKey = KEYS) {
  const clock = { now: NOW }
  const store = createMemoryStore(() => clock.now)
  const door = { issuer: ISSUER, clientId: CLIENT, keyOf, store, now: () => clock.now }
  return { clock, store, admit: (token: string) => admitPerson(token, door) }
}
const admit = (token: string) => createDoor().admit(token)
const admitClaims = async (changes: Readonly<Record<string, unknown>>) =>
  admit(await idToken(key, claims(changes)))

describe('a person at the door', () => {
  it.each([key, rsa, ed])('[R32] shows an ID token by $alg', async (by) => {
    expect(await admit(await idToken(by))).toEqual({
      kind: 'person',
      id: PERSON,
      email: null,
      name: PERSON.slice(0, 8),
      authenticatedAt: (NOW_SECONDS - 10) * 1000,
    })
  })
})

describe('tokens that are refused', () => {
  it.each([
    ['wrong issuer', { iss: 'https://evil.example' }, 'wrong-issuer'],
    ['an issuer that only begins like ours', { iss: `${ISSUER}/evil` }, 'wrong-issuer'],
    ['wrong aud', { aud: 'other-client' }, 'wrong-audience'],
    ['no aud', { aud: undefined }, 'wrong-audience'],
    ['wrong aud in a list', { aud: ['a', 'b'] }, 'wrong-audience'],
    ['not-yet-valid (nbf)', { nbf: NOW_SECONDS + LEEWAY + 1 }, 'not-yet-valid'],
    ['not-yet-valid (iat)', { iat: NOW_SECONDS + LEEWAY + 1 }, 'not-yet-valid'],
    [
      'not-yet-valid (iat, of one who signed in before)',
      { auth_time: NOW_SECONDS - 9, iat: NOW_SECONDS + LEEWAY + 1 },
      'not-yet-valid',
    ],
    ['not-yet-valid (auth_time)', { auth_time: NOW_SECONDS + LEEWAY + 1 }, 'not-yet-valid'],
    ['no subject', { sub: undefined }, 'malformed-token'],
    ['no time', { iat: undefined }, 'malformed-token'],
    ['no end', { exp: undefined }, 'malformed-token'],
    ['an empty subject', { sub: '' }, 'not-an-id-token'],
  ])('[R32] %s', async (_what, changes, why) => {
    expect(await admitClaims(changes)).toEqual({ kind: 'refused', why })
  })

  it('[R32] re-signed (another key under the same kid)', async () => {
    expect(await admit(await idToken(stranger))).toEqual({ kind: 'refused', why: 'wrong-signature' })
  })

  it('[R32] changed after it was signed', async () => {
    const [header, , signature] = (await idToken(key)).split('.')
    const changed = `${header}.${encoded(claims({ sub: 'owner' }))}.${signature}`
    expect(await admit(changed)).toEqual({ kind: 'refused', why: 'wrong-signature' })
  })

  it('[R32] unknown kid', async () => {
    expect(await admit(await idToken(signingKey('k9')))).toEqual({ kind: 'refused', why: 'wrong-key' })
  })

  it('[R32] wrong key in header (jwk, jku, x5u)', async () => {
    const evil = signingKey('evil')
    const jwk = publicJwk(evil)
    for (const header of [
      { jwk },
      { jwk, kid: 'k1' },
      { jku: 'https://evil.example' },
      { x5u: 'https://evil' },
    ]) {
      expect(await admit(await idToken(evil, claims(), header))).toMatchObject({ kind: 'refused' })
    }
  })

  it.each(['none', 'None', 'NONE', 'nOnE', ''])('[R32] alg:%s', async (alg) => {
    const input = `${encoded({ alg, typ: 'JWT', kid: 'k1' })}.${encoded(claims())}`
    const [, , signature] = (await idToken(key)).split('.')
    for (const token of [`${input}.`, `${input}.${signature}`, input]) {
      expect(await admit(token)).toMatchObject({ kind: 'refused', why: 'malformed-token' })
    }
  })

  it('[R32] HS256-with-public-key, in every form of the key', async () => {
    const input = `${encoded({ alg: 'HS256', typ: 'JWT', kid: 'k2' })}.${encoded(claims())}`
    const secrets = [
      rsa.publicKey.export({ format: 'pem', type: 'spki' }),
      rsa.publicKey.export({ format: 'der', type: 'spki' }),
      JSON.stringify(publicJwk(rsa)),
      jwksOf(key, rsa, ed),
    ]
    for (const secret of secrets) {
      const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
      expect(await admit(token)).toEqual({ kind: 'refused', why: 'malformed-token' })
    }
  })

  it('[R32] by an algorithm that is not ours, though the issuer’s key would do', async () => {
    const { alg: _any, ...jwk } = publicJwk(rsa)
    const keyOf = createLocalJWKSet({ keys: [jwk] })
    const by = (alg: string) =>
      new SignJWT(claims()).setProtectedHeader({ alg, kid: 'k2', typ: 'JWT' }).sign(rsa.privateKey)
    const { admit } = createDoor(keyOf)
    expect(await admit(await by('RS256'))).toMatchObject({ kind: 'person' })
    for (const alg of ['PS256', 'RS384', 'RS512']) {
      expect(await admit(await by(alg))).toEqual({ kind: 'refused', why: 'malformed-token' })
    }
  })

  it('[R32] with a critical extension', async () => {
    const header = encoded({ alg: 'ES256', kid: 'k1', crit: ['b64'], b64: false })
    expect(await admit(`${header}.${encoded(claims())}.AAAA`)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    ['Cognito’s access token', { token_use: 'access', client_id: CLIENT }, {}],
    ['one by its type (RFC 9068)', {}, { typ: 'at+jwt' }],
    ['one by its scope', { scope: 'openid email' }, {}],
    ['one of Entra', { scp: 'access_as_user' }, {}],
    ['one of Keycloak', { typ: 'Bearer' }, {}],
    ['a logout token', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, {}],
    ['a logout token by its type', {}, { typ: 'logout+jwt' }],
    ['a device token’s type', {}, { typ: 'mihari-device+jwt' }],
  ])('[R32] an access token in place of an ID token: %s', async (_what, changes, header) => {
    const token = await idToken(key, claims(changes), header)
    expect(await admit(token)).toEqual({ kind: 'refused', why: 'not-an-id-token' })
  })

  it('[R32] an access token that has expired is no more an ID token than before', async () => {
    const old = { iat: NOW_SECONDS - 7200, exp: NOW_SECONDS - 3600 }
    expect(await admitClaims({ ...old, token_use: 'access' })).toMatchObject({ why: 'not-an-id-token' })
  })

  it('[R29] a device’s own token', async () => {
    expect(await admit(deviceKey().token())).toMatchObject({ kind: 'refused' })
  })

  it.each([
    ['deep JSON', `${'['.repeat(2_000)}${']'.repeat(2_000)}`],
    ['deep JSON in a claim', `{"sub":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
    ['a list', '[]'],
    ['null', 'null'],
    ['no JSON', '{'],
    ['nothing', ''],
  ])('[R29] a payload of %s, though it is signed', async (_what, payload) => {
    const input = `${encoded({ alg: 'EdDSA', kid: 'k3' })}.${encoded(payload)}`
    const token = `${input}.${sign(null, Buffer.from(input), ed.privateKey).toString('base64url')}`
    expect(await admit(token)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    ['deep JSON', `${'['.repeat(2_000)}${']'.repeat(2_000)}`],
    ['prototype-pollution keys', '{"__proto__":{"alg":"ES256","kid":"k1"}}'],
    ['a kid that is no text', '{"alg":"ES256","kid":{"a":1}}'],
    ['a kid of a prototype', '{"alg":"ES256","kid":"__proto__"}'],
    ['an alg of a prototype', '{"alg":"constructor","kid":"k1"}'],
  ])('[R29] a header of %s', async (_what, header) => {
    const [, payload, signature] = (await idToken(key)).split('.')
    const token = `${encoded(header)}.${payload}.${signature}`
    expect(await admit(token)).toMatchObject({ kind: 'refused' })
  })

  it('[R29] keys of a prototype beside the good ones change nothing', async () => {
    const payload = JSON.stringify(claims()).replace(
      '{',
      '{"__proto__":{"email":"owner@home.example","email_verified":true,"auth_time":1},',
    )
    const input = `${encoded({ alg: 'EdDSA', kid: 'k3' })}.${encoded(payload)}`
    const token = `${input}.${sign(null, Buffer.from(input), ed.privateKey).toString('base64url')}`
    expect(await admit(token)).toMatchObject({
      kind: 'person',
      id: PERSON,
      email: null,
      authenticatedAt: (NOW_SECONDS - 10) * 1000,
    })
    expect(Object.hasOwn(Object.prototype, 'email')).toBe(false)
  })

  it('[R29] any other character in any place of a token is no failure, and no way in', async () => {
    const token = await idToken(rsa)
    for (let at = 0; at < token.length; at += 7) {
      const other = token[at] === 'A' ? '.' : 'A'
      const answer = await admit(token.slice(0, at) + other + token.slice(at + 1))
      expect(answer.kind).toBe('refused')
    }
  })

  it('[R32] no keys to check by is a failure, not a refusal', async () => {
    const keyOf = () => Promise.reject(new Error('no keys'))
    const { store } = createDoor()
    const door = { issuer: ISSUER, clientId: CLIENT, keyOf, store, now: () => NOW }
    await expect(admitPerson(await idToken(key), door)).rejects.toThrow('no keys')
  })
})
