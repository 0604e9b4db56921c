import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import type { Log } from '../core/ports.ts'
import { KeySetError } from './key-set-source.ts'
import type { KeySetRecord, KeySetStore } from './ports.ts'

/** How old the keys may be that a token is verified by, as long as the issuer can be asked. */
export const KEY_SET_FRESH_MS = 24 * 60 * 60_000
/** How often the issuer is asked at most, whoever asks: a token with an unknown key costs its sender nothing. */
export const KEY_SET_FETCH_INTERVAL_MS = 60_000
/** The same while there are no keys at all, and so nobody can sign in. */
export const FIRST_KEY_SET_INTERVAL_MS = 5_000
/** How long one fetch may take; who comes meanwhile waits for it. */
export const KEY_SET_FETCH_MS = 4_000
const POLL_MS = 250

export interface KeyFinderOptions {
  readonly issuer: string
  readonly store: KeySetStore
  /** From the issuer. Rejects with a KeySetError. */
  fetchKeySet(): Promise<string>
  /** Epoch ms. */
  now(): number
  wait(ms: number): Promise<void>
  readonly log: Log
}

interface Held {
  readonly find: JWTVerifyGetKey
  readonly fetchedAt: number
}

/**
 * Finds the key of a token: in memory, else in the table, where the last good set outlives every instance, else from
 * the issuer. While the issuer is down, the last good set is as good as a fresh one.
 */
export function createKeyFinder(options: KeyFinderOptions): JWTVerifyGetKey {
  const { issuer, store, now, wait, log } = options
  let held: Held | null = null
  let last: Pick<KeySetRecord, 'fetchedAt' | 'triedAt'> = { fetchedAt: 0, triedAt: 0 }

  const ifFresh = (): Held | null =>
    held !== null && now() - held.fetchedAt < KEY_SET_FRESH_MS ? held : null

  function hold(jwks: string, fetchedAt: number): void {
    const keySet: JSONWebKeySet = JSON.parse(jwks)
    held = { find: createLocalJWKSet(keySet), fetchedAt }
  }

  async function readTable(): Promise<void> {
    const record = await store.getKeySet(issuer)
    if (record === null) return
    last = record
    if (record.jwks !== null && record.fetchedAt > (held?.fetchedAt ?? 0)) hold(record.jwks, record.fetchedAt)
  }

  async function askIssuer(): Promise<void> {
    const intervalMs = held === null ? FIRST_KEY_SET_INTERVAL_MS : KEY_SET_FETCH_INTERVAL_MS
    const isDue = now() - last.triedAt >= intervalMs
    if (isDue && (await store.claimKeySetFetch(issuer, now(), intervalMs))) return fetchFromIssuer()
    if (isDue) await readTable()
    // Another instance is fetching at this moment, as when several start at once.
    while (last.fetchedAt < last.triedAt && now() - last.triedAt < KEY_SET_FETCH_MS) {
      await wait(POLL_MS)
      await readTable()
    }
  }

  async function fetchFromIssuer(): Promise<void> {
    try {
      const jwks = await options.fetchKeySet()
      const fetchedAt = now()
      hold(jwks, fetchedAt)
      await store.putKeySet(issuer, jwks, fetchedAt)
    } catch (error) {
      if (!(error instanceof KeySetError)) throw error
      log.error('key-set-not-fetched', { reason: error.reason, error })
    }
  }

  return async (header, token) => {
    const places = [
      async () => ifFresh(),
      async () => {
        await readTable()
        return ifFresh()
      },
      async () => {
        await askIssuer()
        return held
      },
    ]
    for (const place of places) {
      const keys = await place()
      const key = keys === null ? null : await unlessUnknown(keys.find(header, token))
      if (key !== null) return key
    }
    throw held === null ? new KeySetError('no-keys') : new errors.JWKSNoMatchingKey()
  }
}

async function unlessUnknown<Key>(found: Key | Promise<Key>): Promise<Key | null> {
  try {
    return await found
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return null
    throw error
  }
}
