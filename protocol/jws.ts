import { fromBase64url, toBase64url } from './base64url.ts'

/**
 * A compact JWS (RFC 7515) by a device's Ed25519 key (RFC 8037), with the public key in its header. `typ` keeps what
 * was signed for one purpose from serving another.
 */
export interface DeviceJws {
  readonly header: { readonly typ: string; readonly jwk: DeviceJwk }
  readonly payload: unknown
  /** What the signature is over. */
  readonly signed: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
  /** The 32 bytes of the public key. */
  readonly key: Uint8Array<ArrayBuffer>
}

/** The members of a device's public JWK, in the order that its thumbprint (RFC 7638) is made of. */
export interface DeviceJwk {
  readonly crv: 'Ed25519'
  readonly kty: 'OKP'
  readonly x: string
}

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64

/** The SHA-256 of this, in base64url, is the device's id. */
export function thumbprintInput({ crv, kty, x }: DeviceJwk): string {
  return JSON.stringify({ crv, kty, x })
}

/** What has to be signed; the JWS is this, a dot, and the signature in base64url. */
export function jwsInput(typ: string, jwk: DeviceJwk, payload: unknown): string {
  const { crv, kty, x } = jwk
  return `${encode({ alg: 'EdDSA', typ, jwk: { crv, kty, x } })}.${encode(payload)}`
}

/** Reads, does not verify: null for anything but the one form that `jwsInput` makes. */
export function readDeviceJws(jws: string, typ: string): DeviceJws | null {
  const [header = '', payload = '', signature = '', ...rest] = jws.split('.')
  const read = decode(header)
  const bytes = fromBase64url(signature)
  if (rest.length > 0 || !isDeviceHeader(read) || read.typ !== typ || bytes?.length !== SIGNATURE_BYTES)
    return null
  const key = fromBase64url(read.jwk.x)
  if (key?.length !== KEY_BYTES || toBase64url(key) !== read.jwk.x) return null
  const said = decode(payload)
  if (said === undefined) return null
  const signed = new TextEncoder().encode(`${header}.${payload}`)
  return { header: { typ, jwk: read.jwk }, payload: said, signed, signature: bytes, key }
}

/** No other algorithm, and none of the members (`crit`, `jku`, `x5u`…) that would change what is to be verified. */
function isDeviceHeader(value: unknown): value is { typ: string; jwk: DeviceJwk } {
  if (!hasExactly(value, ['alg', 'typ', 'jwk']) || value['alg'] !== 'EdDSA') return false
  const { jwk } = value
  if (typeof value['typ'] !== 'string' || !hasExactly(jwk, ['crv', 'kty', 'x'])) return false
  return jwk['crv'] === 'Ed25519' && jwk['kty'] === 'OKP' && typeof jwk['x'] === 'string'
}

function hasExactly(value: unknown, members: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const own = Object.keys(value)
  return own.length === members.length && members.every((member) => Object.hasOwn(value, member))
}

function encode(value: unknown): string {
  return toBase64url(new TextEncoder().encode(JSON.stringify(value)))
}

function decode(part: string): unknown {
  const bytes = fromBase64url(part)
  if (bytes === null) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
