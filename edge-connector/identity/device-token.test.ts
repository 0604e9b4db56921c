import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { DEVICE_TOKEN_TYPE, DeviceClaims } from '../../protocol/device-token.ts'
import { readDeviceJws } from '../../protocol/jws.ts'
import { createDeviceSigner } from './device-signer.ts'
import { deviceToken } from './device-token.ts'

const AUDIENCE = 'wss://cloud.example/v1'
const NOW = 1_800_000_000_999

function begin() {
  const { privateKey } = generateKeyPairSync('ed25519')
  const signer = createDeviceSigner(privateKey)
  const jti = randomBytes(16).toString('base64url')
  const token = deviceToken(signer, { audience: AUDIENCE, now: NOW, jti })
  return { privateKey, signer, jti, token }
}
const verify = (token: string, over: object = {}) =>
  jwtVerify(token, EmbeddedJWK, {
    algorithms: ['EdDSA'],
    typ: DEVICE_TOKEN_TYPE,
    audience: AUDIENCE,
    currentDate: new Date(NOW),
    ...over,
  })

test('[R31] the token is one that a JWT library verifies: signature, type, address, and 60 s', async () => {
  const { token, signer, jti } = begin()
  const { payload, protectedHeader } = await verify(token)
  expect(v.parse(DeviceClaims, payload)).toEqual({
    sub: signer.device,
    aud: AUDIENCE,
    iat: 1_800_000_000,
    exp: 1_800_000_060,
    jti,
  })
  const { jwk } = protectedHeader
  if (jwk === undefined) throw new Error('no key in the header')
  expect(await calculateJwkThumbprint(jwk)).toBe(signer.device)
})

test('[R31] it holds for one address, and for a minute', async () => {
  const { token } = begin()
  await expect(verify(token, { audience: `${AUDIENCE}/` })).rejects.toThrow(/aud/)
  await expect(verify(token, { currentDate: new Date(NOW + 60_000) })).rejects.toThrow(/exp/)
})

test('[R31] its header has the public key, and nothing of the private one', () => {
  const { token, privateKey } = begin()
  const read = readDeviceJws(token, DEVICE_TOKEN_TYPE)
  const { x, d } = privateKey.export({ format: 'jwk' })
  expect(read?.header.jwk).toEqual({ crv: 'Ed25519', kty: 'OKP', x })
  expect(createPublicKey(privateKey).export({ format: 'jwk' }).x).toBe(x)
  expect(
    token
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
      .join(),
  ).not.toContain(d)
})

test('[R42] what is signed for one purpose does not pass for another', () => {
  const { signer } = begin()
  expect(readDeviceJws(signer.sign('mihari-offer+jws', {}), DEVICE_TOKEN_TYPE)).toBeNull()
})
