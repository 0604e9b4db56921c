import { createHash, generateKeyPairSync } from 'node:crypto'
import { compactVerify, importJWK } from 'jose'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { readDeviceJws } from '../../protocol/jws.ts'
import { OFFER_TYPE, OfferStatement, statesOffer } from '../../protocol/offer-statement.ts'
import { createDeviceSigner } from '../identity/device-signer.ts'
import { vouchFor } from './vouch-for.ts'

const signer = createDeviceSigner(generateKeyPairSync('ed25519').privateKey)
const sign = (statement: OfferStatement) => signer.sign(OFFER_TYPE, statement)
const hex = (byte: string) => Array.from({ length: 32 }, () => byte).join(':')
const line = (value: string, hash = 'sha-256') => `a=fingerprint:${hash} ${value}`
const sdp = (...lines: string[]) => ['v=0', 's=-', ...lines, ''].join('\r\n')
const offer = (text: string) => ({
  call: 'A'.repeat(22),
  camera: `${signer.device}.porch`,
  sdp: text,
  digest: createHash('sha256').update(text).digest('base64url'),
})

test('[R42] what it signs is verified by a JWT library, with the key that the device is', async () => {
  const vouched = vouchFor(offer(sdp(line(hex('ab')), line(hex('CD')))), sign)
  if (!vouched.ok) throw new Error(vouched.reason)
  const read = readDeviceJws(vouched.signature, OFFER_TYPE)
  if (read === null) throw new Error('not of the one form')
  const { payload, protectedHeader } = await compactVerify(
    vouched.signature,
    await importJWK(read.header.jwk, 'EdDSA'),
  )
  expect(protectedHeader.typ).toBe(OFFER_TYPE)
  const statement = v.parse(OfferStatement, JSON.parse(new TextDecoder().decode(payload)))
  expect(statement.fingerprints).toEqual([`sha-256 ${hex('AB')}`, `sha-256 ${hex('CD')}`])
  expect(statesOffer(statement, offer(sdp(line(hex('ab')), line(hex('CD')))))).toBe(true)
})

test('[R42] the signature of an offer does not pass for one with a swapped fingerprint, call or camera', () => {
  const vouched = vouchFor(offer(sdp(line(hex('ab')))), sign)
  const read = vouched.ok ? readDeviceJws(vouched.signature, OFFER_TYPE) : null
  const statement = v.parse(OfferStatement, read?.payload)
  expect(statesOffer(statement, offer(sdp(line(hex('ac')))))).toBe(false)
  expect(statesOffer(statement, offer(sdp(line(hex('ab')), line(hex('ac')))))).toBe(false)
  expect(statesOffer(statement, { ...offer(sdp(line(hex('ab')))), call: 'B'.repeat(22) })).toBe(false)
  expect(statesOffer(statement, { ...offer(sdp(line(hex('ab')))), camera: `${signer.device}.attic` })).toBe(
    false,
  )
})

test('[R42] the same offer always has the same signature', () => {
  const text = sdp(line(hex('ab')))
  expect(vouchFor(offer(text), sign)).toEqual(vouchFor(offer(text), sign))
})

test.each([
  ['no fingerprint', sdp(), /no DTLS fingerprint/],
  [
    'more than fit',
    sdp(...Array.from({ length: 30 }, (_, at) => line(hex(String(10 + at))))),
    /too many DTLS fingerprints/,
  ],
])('[R42] an offer with %s is not vouched for, in words', (_, text, words) => {
  expect(vouchFor(offer(text), sign)).toEqual({ ok: false, reason: expect.stringMatching(words) })
})
