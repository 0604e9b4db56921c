import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { calculateJwkThumbprint, compactVerify, EmbeddedJWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { toBase64url } from './base64url.ts'
import { type DeviceJwk, jwsInput, readDeviceJws, thumbprintInput } from './jws.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const { crv, kty, x } = publicKey.export({ format: 'jwk' })
const jwk = { crv, kty, x } as DeviceJwk
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const signed = (input: string): string =>
  `${input}.${toBase64url(sign(null, Buffer.from(input), privateKey))}`
const headed = (header: unknown): string => signed(`${encoded(header)}.${encoded({ a: 1 })}`)

describe('a JWS of a device', () => {
  it('is one that a library verifies, and its key’s thumbprint (RFC 7638) the one that a library computes', async () => {
    const jws = signed(jwsInput('t', jwk, { a: 1 }))
    const { payload, protectedHeader } = await compactVerify(jws, EmbeddedJWK)
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ a: 1 })
    expect(protectedHeader.typ).toBe('t')
    const thumbprint = createHash('sha256').update(thumbprintInput(jwk)).digest('base64url')
    expect(thumbprint).toBe(await calculateJwkThumbprint(jwk))
  })

  it('is read with what its signature is over', () => {
    const read = readDeviceJws(signed(jwsInput('t', jwk, { a: 1 })), 't')
    expect(read?.payload).toEqual({ a: 1 })
    expect(read?.header.jwk).toEqual(jwk)
    expect(verify(null, read?.signed ?? Buffer.of(), publicKey, read?.signature ?? Buffer.of())).toBe(true)
  })

  it('is not read as one of another type', () => {
    expect(readDeviceJws(signed(jwsInput('t', jwk, {})), 'u')).toBeNull()
  })

  it.each([
    ['alg none', { alg: 'none', typ: 't', jwk }],
    ['another algorithm', { alg: 'HS256', typ: 't', jwk }],
    ['a private key in it', { alg: 'EdDSA', typ: 't', jwk: { ...jwk, d: x } }],
    ['a key of another curve', { alg: 'EdDSA', typ: 't', jwk: { ...jwk, crv: 'X25519' } }],
    ['a key that is too short', { alg: 'EdDSA', typ: 't', jwk: { ...jwk, x: 'AAAA' } }],
    ['no key', { alg: 'EdDSA', typ: 't' }],
    ['a critical extension', { alg: 'EdDSA', typ: 't', jwk, crit: ['b64'], b64: false }],
    ['an address of a key', { alg: 'EdDSA', typ: 't', jwk, jku: 'https://evil.example' }],
    ['__proto__ in place of a member', JSON.parse('{"alg":"EdDSA","typ":"t","__proto__":{}}')],
  ])('is not read when its header has %s', (_what, header) => {
    expect(readDeviceJws(headed(header), 't')).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['two parts', 'a.b'],
    ['four parts', `${signed(jwsInput('t', jwk, {}))}.x`],
    ['an empty signature', `${jwsInput('t', jwk, {})}.`],
    [
      'a payload that is no JSON',
      signed(`${encoded({ alg: 'EdDSA', typ: 't', jwk })}.${toBase64url(Buffer.from('{'))}`),
    ],
    [
      'a payload that is no UTF-8',
      signed(`${encoded({ alg: 'EdDSA', typ: 't', jwk })}.${toBase64url(Buffer.of(0xff))}`),
    ],
    ['a header that is a number', signed(`${encoded(1)}.${encoded({})}`)],
  ])('is not read from %s', (_what, jws) => {
    expect(readDeviceJws(jws, 't')).toBeNull()
  })

  it('is not read with a key that is written otherwise, for the same key would have two thumbprints', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const otherLast = alphabet[alphabet.indexOf(jwk.x.at(-1) ?? '') + 1] ?? ''
    const loose = { ...jwk, x: jwk.x.slice(0, -1) + otherLast }
    expect(Buffer.from(loose.x, 'base64url')).toEqual(Buffer.from(jwk.x, 'base64url'))
    expect(readDeviceJws(signed(jwsInput('t', loose, {})), 't')).toBeNull()
  })
})
