import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'

export const ISSUER = 'https://issuer.example/pool'
export const CLIENT = 'client-1'
export const SUBJECT = 'subject-1'
/** Epoch ms: what the tests take for now. */
export const NOW = 1_800_000_000_000
export const NOW_SECONDS = NOW / 1000

type Algorithm = 'RS256' | 'ES256' | 'EdDSA'

export interface SigningKey {
  readonly kid: string
  readonly alg: Algorithm
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export function signingKey(kid: string, alg: Algorithm = 'ES256'): SigningKey {
  return { kid, alg, ...keyPair(alg) }
}

function keyPair(alg: Algorithm): { privateKey: KeyObject; publicKey: KeyObject } {
  switch (alg) {
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 })
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'EdDSA':
      return generateKeyPairSync('ed25519')
  }
}

export function publicJwk({ kid, alg, publicKey }: SigningKey): JWK {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
}

export function jwksOf(...keys: readonly SigningKey[]): string {
  return JSON.stringify({ keys: keys.map(publicJwk) })
}

/** The claims of a good ID token, as changed. */
export function claims(changes: Readonly<Record<string, unknown>> = {}): JWTPayload {
  return {
    iss: ISSUER,
    aud: CLIENT,
    sub: SUBJECT,
    iat: NOW_SECONDS - 10,
    exp: NOW_SECONDS + 3600,
    ...changes,
  }
}

export function idToken(
  key: SigningKey,
  payload: JWTPayload = claims(),
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header })
    .sign(key.privateKey)
}

export function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}
