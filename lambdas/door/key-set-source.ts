import * as v from 'valibot'

/** Of a discovery document or a key set; the largest of the big issuers are some 30 KB. */
const MAX_DOCUMENT_BYTES = 128 * 1024

export type KeySetErrorReason =
  | 'insecure-address'
  | 'unreachable'
  | 'bad-status'
  | 'too-large'
  | 'malformed'
  | 'another-issuer'
  | 'no-keys'

/** The issuer's keys cannot be had. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError'
  readonly reason: KeySetErrorReason

  constructor(reason: KeySetErrorReason, options?: ErrorOptions) {
    super(`the issuer's keys cannot be had: ${reason}`, options)
    this.reason = reason
  }
}

export interface KeySetSourceOptions {
  readonly issuer: string
  /** '' to ask the issuer's metadata. */
  readonly jwksUrl: string
  readonly fetch: typeof globalThis.fetch
  /** Begins to run when it is asked for, and is over all that is fetched for one key set. */
  deadline(): AbortSignal
}

/** OpenID Connect Discovery 1.0 section 3. */
const Metadata = v.object({ issuer: v.string(), jwks_uri: v.string() })

/** Public keys for signatures (RFC 7517, RFC 7518, RFC 8037), and what a token's key is chosen by; no more is kept. */
const PublicJwk = v.object({
  kty: v.picklist(['RSA', 'EC', 'OKP']),
  kid: v.optional(v.string()),
  use: v.optional(v.literal('sig')),
  key_ops: v.optional(v.array(v.string())),
  alg: v.optional(v.string()),
  n: v.optional(v.string()),
  e: v.optional(v.string()),
  crv: v.optional(v.string()),
  x: v.optional(v.string()),
  y: v.optional(v.string()),
})
const KeySet = v.object({
  keys: v.pipe(
    v.array(v.unknown()),
    v.transform((keys) =>
      keys.flatMap((key) => {
        const read = v.safeParse(PublicJwk, key)
        return read.success ? [read.output] : []
      }),
    ),
    v.minLength(1),
  ),
})

/** Fetches the issuer's key set, as JSON. Rejects with a KeySetError. */
export function createKeySetSource(options: KeySetSourceOptions): () => Promise<string> {
  const { issuer, jwksUrl } = options

  async function discover(signal: AbortSignal): Promise<string> {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const metadata = read(Metadata, await fetchJson(address, signal, options.fetch))
    if (metadata.issuer !== issuer) throw new KeySetError('another-issuer')
    return metadata.jwks_uri
  }

  return async () => {
    const signal = options.deadline()
    const address = jwksUrl === '' ? await discover(signal) : jwksUrl
    return JSON.stringify(read(KeySet, await fetchJson(address, signal, options.fetch)))
  }
}

function read<Output>(schema: v.GenericSchema<unknown, Output>, value: unknown): Output {
  const result = v.safeParse(schema, value)
  if (!result.success) throw new KeySetError('malformed')
  return result.output
}

async function fetchJson(
  address: string,
  signal: AbortSignal,
  fetch: KeySetSourceOptions['fetch'],
): Promise<unknown> {
  if (!isSecure(address)) throw new KeySetError('insecure-address')
  const text = await fetchText(address, signal, fetch)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new KeySetError('malformed', { cause })
  }
}

async function fetchText(
  address: string,
  signal: AbortSignal,
  fetch: KeySetSourceOptions['fetch'],
): Promise<string> {
  try {
    const response = await fetch(address, { signal, redirect: 'error' })
    if (response.status !== 200) throw new KeySetError('bad-status')
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      if (bytes > MAX_DOCUMENT_BYTES) throw new KeySetError('too-large')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (cause) {
    throw cause instanceof KeySetError ? cause : new KeySetError('unreachable', { cause })
  }
}

/** Keys that come over plain HTTP are those of anybody on the way, unless there is no way. */
function isSecure(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  const local = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && local)
}
