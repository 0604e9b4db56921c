import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DEVICE_TOKEN_TYPE } from '../../protocol/device-token.ts'
import { jwsInput } from '../../protocol/jws.ts'
import { OFFER_TYPE } from '../../protocol/offer-statement.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import { admitDevice } from './admit-device.ts'
import { deviceKey, SOCKET_URL } from './testing/device-key.ts'
import { encoded, NOW, NOW_SECONDS } from './testing/issuer.ts'

const device = deviceKey()
const other = deviceKey()

function createDoor() {
  const clock = { now: NOW }
  const door = { socketUrl: SOCKET_URL, store: createMemoryStore(() => clock.now), now: () => clock.now }
  return { clock, door, admit: (token: string) => admitDevice(token, door) }
}
const admit = (token: string) => createDoor().admit(token)
const CLOCK_WRONG = { kind: 'nobody', reason: 'clock-wrong' }

describe('a device at the door', () => {
  it('[R31] is the thumbprint of the key that it shows', async () => {
    expect(await admit(device.token())).toEqual({ kind: 'device', id: device.id })
  })

  it('[R31] a replayed token is refused', async () => {
    const { admit, clock } = createDoor()
    const token = device.token()
    await admit(token)
    expect(await admit(token)).toEqual({ kind: 'refused', why: 'used-token' })
    clock.now += 60_000
    expect(await admit(token)).toEqual({ kind: 'refused', why: 'used-token' })
  })

  it('[R31] of a token that is shown many times at once, one is let in', async () => {
    const { admit } = createDoor()
    const token = device.token()
    const answers = await Promise.all(Array.from({ length: 8 }, () => admit(token)))
    expect(answers.filter(({ kind }) => kind === 'device')).toHaveLength(1)
  })

  it('[R31] a token that is replayed with another signature of the same words is refused', async () => {
    const { admit } = createDoor()
    const claims = device.claims()
    expect(await admit(device.token(claims))).toMatchObject({ kind: 'device' })
    expect(await admit(device.token({ ...claims, exp: claims.exp - 1 }))).toMatchObject({ why: 'used-token' })
  })

  it('[R31] nobody else uses a device’s token up', async () => {
    const { admit } = createDoor()
    const { jti } = device.claims()
    expect(await admit(other.token({ sub: device.id, jti }))).toMatchObject({ kind: 'refused' })
    expect(await admit(other.token({ jti }))).toMatchObject({ kind: 'device' })
    expect(await admit(device.token({ jti }))).toMatchObject({ kind: 'device' })
  })

  it('[R31] a device key used for another id is refused', async () => {
    expect(await admit(other.token({ sub: device.id }))).toEqual({ kind: 'refused', why: 'wrong-key' })
  })

  it('[R31] a wrong key in the header is refused', async () => {
    const foreign = other.signed(jwsInput(DEVICE_TOKEN_TYPE, device.jwk, device.claims()))
    expect(await admit(foreign)).toEqual({ kind: 'refused', why: 'wrong-signature' })
  })

  it('[R31] a re-signed token is refused', async () => {
    const [header, payload] = device.token().split('.')
    const [, , signature] = other.token().split('.')
    expect(await admit(`${header}.${payload}.${signature}`)).toMatchObject({ why: 'wrong-signature' })
  })

  it('[R31] a token whose words were changed is refused', async () => {
    const [header, , signature] = device.token().split('.')
    const changed = `${header}.${encoded(device.claims())}.${signature}`
    expect(await admit(changed)).toMatchObject({ why: 'wrong-signature' })
  })

  it('[R31] a key that is no point of the curve is refused', async () => {
    for (const byte of [0x02, 0x07, 0xff]) {
      const jwk = { ...device.jwk, x: Buffer.alloc(32, byte).toString('base64url') }
      const token = device.signed(jwsInput(DEVICE_TOKEN_TYPE, jwk, device.claims()))
      expect(await admit(token)).toMatchObject({ kind: 'refused' })
    }
  })

  it('[R31] an offer’s signature is no device token', async () => {
    const offer = device.signed(
      jwsInput(OFFER_TYPE, device.jwk, { call: 'c', camera: 'd', fingerprints: [] }),
    )
    expect(await admit(offer)).toEqual({ kind: 'refused', why: 'malformed-token' })
    expect(await admit(device.token({}, OFFER_TYPE))).toEqual({ kind: 'refused', why: 'malformed-token' })
  })

  it('[R31] alg:none is refused', async () => {
    const header = { alg: 'none', typ: DEVICE_TOKEN_TYPE, jwk: device.jwk }
    const input = `${encoded(header)}.${encoded(device.claims())}`
    expect(await admit(`${input}.`)).toMatchObject({ kind: 'refused' })
    expect(await admit(device.signed(input))).toMatchObject({ kind: 'refused' })
  })

  it('[R31] HS256 with the public key as secret is refused', async () => {
    const header = { alg: 'HS256', typ: DEVICE_TOKEN_TYPE, jwk: device.jwk }
    const input = `${encoded(header)}.${encoded(device.claims())}`
    const mac = createHmac('sha256', Buffer.from(device.jwk.x, 'base64url')).update(input)
    expect(await admit(`${input}.${mac.digest('base64url')}`)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    'wss://other.example/v1',
    `${SOCKET_URL}/`,
    SOCKET_URL.replace('wss', 'ws'),
    SOCKET_URL.toUpperCase(),
    '',
  ])('[R31] a token for another address is refused: %j', async (aud) => {
    expect(await admit(device.token({ aud }))).toEqual({ kind: 'refused', why: 'wrong-audience' })
  })

  it('[R31] a token for several addresses is refused', async () => {
    expect(await admit(device.token({ aud: [SOCKET_URL] }))).toMatchObject({ why: 'malformed-token' })
  })

  it.each([
    ['an hour ago', -3600],
    ['just over', -66],
    ['not yet', 6],
    ['of the time before the clock was set', -NOW_SECONDS + 1],
    ['of next year', 365 * 86_400],
  ])('[R30, R31] a token that is %s makes its device nobody, with the wrong clock', async (_when, offset) => {
    const iat = NOW_SECONDS + offset
    expect(await admit(device.token({ iat, exp: iat + 60 }))).toEqual(CLOCK_WRONG)
  })

  it.each([5, 0, -60, -65])('[R31] a clock that is off by %i s is near enough', async (offset) => {
    const iat = NOW_SECONDS + offset
    expect(await admit(device.token({ iat, exp: iat + 60 }))).toMatchObject({ kind: 'device' })
  })

  it('[R31] a clock that is wrong uses no token up', async () => {
    const { admit, clock } = createDoor()
    const token = device.token({ iat: NOW_SECONDS + 100, exp: NOW_SECONDS + 160 })
    expect(await admit(token)).toEqual(CLOCK_WRONG)
    clock.now += 100_000
    expect(await admit(token)).toMatchObject({ kind: 'device' })
  })

  it('[R31] somebody else’s wrong clock tells nothing', async () => {
    const token = other.token({ sub: device.id, iat: 1, exp: 61 })
    expect(await admit(token)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    ['longer than a minute', { exp: NOW_SECONDS + 61 }],
    ['no time at all', { exp: NOW_SECONDS }],
    ['a negative time', { exp: NOW_SECONDS - 1 }],
  ])('[R31] a token that is good for %s is refused', async (_how, changes) => {
    expect(await admit(device.token(changes))).toEqual({ kind: 'refused', why: 'wrong-lifetime' })
  })

  it.each([
    ['no id', { sub: undefined }],
    ['no audience', { aud: undefined }],
    ['no time', { iat: undefined }],
    ['no end', { exp: undefined }],
    ['no token id', { jti: undefined }],
    ['a token id that is too short', { jti: 'a' }],
    ['a token id that is a key of the table', { jti: 'TOKEN#aaaaaaaaaaaaaaaa' }],
    ['times that are text', { iat: String(NOW_SECONDS) }],
    ['times that are no whole seconds', { iat: NOW_SECONDS + 0.5 }],
    ['an end that never comes', { exp: Number.POSITIVE_INFINITY }],
  ])('[R31] a token with %s is refused', async (_what, changes) => {
    expect(await admit(device.token(changes))).toEqual({ kind: 'refused', why: 'malformed-token' })
  })

  it.each([
    [
      'prototype-pollution keys',
      `{"__proto__":{"sub":"${device.id}"},"constructor":{"prototype":{"aud":"x"}}}`,
    ],
    ['deep JSON', `${'['.repeat(2_000)}${']'.repeat(2_000)}`],
    ['deep JSON inside', `{"sub":${'{"a":'.repeat(900)}1${'}'.repeat(900)}}`],
    ['a number', '1'],
    ['null', 'null'],
    ['no JSON', '{'],
  ])('[R29] a payload of %s is refused', async (_what, payload) => {
    const [header] = device.token().split('.')
    const token = device.signed(`${header}.${encoded(payload)}`)
    expect(await admit(token)).toEqual({ kind: 'refused', why: 'malformed-token' })
    expect(Object.hasOwn(Object.prototype, 'sub')).toBe(false)
  })

  it('[R31] keys of a prototype beside the good ones change nothing', async () => {
    const [header] = device.token().split('.')
    const payload = JSON.stringify(device.claims()).replace('{', `{"__proto__":{"sub":"${other.id}"},`)
    expect(await admit(device.signed(`${header}.${encoded(payload)}`))).toEqual({
      kind: 'device',
      id: device.id,
    })
  })
})
