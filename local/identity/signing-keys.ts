import { generateKeyPairSync } from 'node:crypto'
import * as v from 'valibot'
import type { Clock } from '../clock.ts'
import { openKeptFile } from '../kept-file.ts'
import { createCode } from './secret-code.ts'

const ROTATION_MS = 30 * 24 * 60 * 60_000

/** A key that signs no more is published for as long again: an old ID token still ends its session. */
const PUBLISHED_MS = ROTATION_MS

const SigningKey = v.object({
  createdAt: v.number(),
  jwk: v.object({
    kty: v.literal('EC'),
    crv: v.literal('P-256'),
    x: v.string(),
    y: v.string(),
    d: v.string(),
    kid: v.string(),
    alg: v.literal('ES256'),
    use: v.literal('sig'),
  }),
})
type SigningKey = v.InferOutput<typeof SigningKey>

export interface SigningKeys {
  /** The first one signs; the others are only published. */
  readonly jwks: { readonly keys: SigningKey['jwk'][] }
  /** As everybody may see them. */
  readonly published: { readonly keys: readonly Omit<SigningKey['jwk'], 'd'>[] }
  /** A new key from now on. */
  rotate(): void
  /** True when that was due, and done. */
  rotateWhenDue(): boolean
}

export function openSigningKeys(folder: string | 'memory', { now }: Pick<Clock, 'now'>): SigningKeys {
  const file = openKeptFile<readonly SigningKey[]>(folder, 'signing-keys.json', v.array(SigningKey), [])

  function rotate() {
    const keys = [createKey(now()), ...file.value]
    // A key was in use until the one before it in the list was made.
    file.write(keys.filter((_, at) => at === 0 || now() - (keys[at - 1]?.createdAt ?? 0) < PUBLISHED_MS))
  }

  function rotateWhenDue(): boolean {
    const [newest] = file.value
    if (newest && now() - newest.createdAt < ROTATION_MS) return false
    rotate()
    return true
  }

  rotateWhenDue()
  return {
    get jwks() {
      return { keys: file.value.map(({ jwk }) => jwk) }
    },
    get published() {
      return { keys: file.value.map(({ jwk: { d, ...published } }) => published) }
    },
    rotate,
    rotateWhenDue,
  }
}

function createKey(createdAt: number): SigningKey {
  const { kty, crv, x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  })
  const jwk = { kty, crv, x, y, d, kid: createCode(), alg: 'ES256', use: 'sig' }
  return v.parse(SigningKey, { createdAt, jwk })
}
