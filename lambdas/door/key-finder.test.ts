import { errors, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../testing/memory-store.ts'
import {
  createKeyFinder,
  FIRST_KEY_SET_INTERVAL_MS,
  KEY_SET_FETCH_INTERVAL_MS,
  KEY_SET_FETCH_MS,
  KEY_SET_FRESH_MS,
} from './key-finder.ts'
import { KeySetError } from './key-set-source.ts'
import { ISSUER, jwksOf, NOW, type SigningKey, signingKey } from './testing/issuer.ts'

const first = signingKey('first')
const second = signingKey('second')
const third = signingKey('third')

/** One table and one issuer, and instances of the function with memories of their own. */
function createCloud(...keys: SigningKey[]) {
  const clock = { now: NOW }
  const store = createMemoryStore(() => clock.now)
  const reads = { count: 0 }
  const issuer: { keys: SigningKey[]; state: 'up' | 'down'; fetches: number; waits: number } = {
    keys,
    state: 'up',
    fetches: 0,
    waits: 0,
  }
  const logged: unknown[] = []
  const fetchKeySet = async () => {
    issuer.fetches += 1
    if (issuer.state === 'down') throw new KeySetError('unreachable')
    return jwksOf(...issuer.keys)
  }
  const newInstance = (fetch = fetchKeySet) => {
    const keyOf = createKeyFinder({
      issuer: ISSUER,
      store: {
        ...store,
        getKeySet: (name) => {
          reads.count += 1
          return store.getKeySet(name)
        },
      },
      fetchKeySet: fetch,
      now: () => clock.now,
      wait: async (ms) => {
        issuer.waits += 1
        clock.now += ms
      },
      log: { info: () => undefined, error: (event, fields) => logged.push({ event, ...fields }) },
    })
    return async (key: SigningKey): Promise<'found' | 'unknown'> => {
      const header: JWSHeaderParameters = { alg: key.alg, kid: key.kid }
      const token: FlattenedJWSInput = { payload: '', signature: '' }
      try {
        await keyOf(header as Parameters<typeof keyOf>[0], token)
        return 'found'
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey) return 'unknown'
        throw error
      }
    }
  }
  return { clock, store, reads, issuer, logged, newInstance, fetchKeySet }
}

describe('the issuer’s keys', () => {
  it('[R32] are fetched at the first start of all, and kept for every later one', async () => {
    const { issuer, newInstance } = createCloud(first)
    expect(await newInstance()(first)).toBe('found')
    issuer.state = 'down'
    expect(await newInstance()(first)).toBe('found')
    expect(issuer.fetches).toBe(1)
  })

  it('cost a warm instance no read', async () => {
    const { reads, newInstance } = createCloud(first)
    const find = newInstance()
    await find(first)
    const before = reads.count
    await find(first)
    expect(reads.count).toBe(before)
  })

  it('cost a cold instance one read, while they are fresh', async () => {
    const { reads, issuer, newInstance } = createCloud(first)
    await newInstance()(first)
    const before = reads.count
    await newInstance()(first)
    expect(reads.count).toBe(before + 1)
    expect(issuer.fetches).toBe(1)
  })

  it('[R32] are fetched again when a token has a key that is not known: a rotation', async () => {
    const { clock, issuer, newInstance } = createCloud(first)
    const find = newInstance()
    await find(first)
    issuer.keys = [first, second]
    clock.now += KEY_SET_FETCH_INTERVAL_MS
    expect(await find(second)).toBe('found')
    expect(await find(first)).toBe('found')
    expect(issuer.fetches).toBe(2)
  })

  it('after a rotation are taken over from the instance that fetched them', async () => {
    const { clock, issuer, newInstance } = createCloud(first)
    const one = newInstance()
    const other = newInstance()
    await one(first)
    await other(first)
    issuer.keys = [first, second]
    clock.now += KEY_SET_FETCH_INTERVAL_MS
    await one(second)
    expect(await other(second)).toBe('found')
    expect(issuer.fetches).toBe(2)
  })

  it('[R32] unknown kid: are fetched once a minute at most, however many ask at however many instances', async () => {
    const { clock, issuer, newInstance } = createCloud(first)
    const instances = [newInstance(), newInstance(), newInstance()]
    for (const find of instances) await find(first)
    for (let second = 0; second < 120; second += 1) {
      clock.now += 1_000
      for (const find of instances) expect(await find(third)).toBe('unknown')
    }
    expect(issuer.fetches).toBe(3)
  })

  it('unknown kid: waits for nobody when nobody is fetching', async () => {
    const { issuer, newInstance } = createCloud(first)
    const find = newInstance()
    await find(first)
    expect(await find(third)).toBe('unknown')
    expect(issuer.waits).toBe(0)
  })

  it('unknown kid: whoever floods with them keeps nobody else out, and a rotation away for a minute at most', async () => {
    const { clock, issuer, newInstance } = createCloud(first)
    const find = newInstance()
    await find(first)
    clock.now += KEY_SET_FETCH_INTERVAL_MS
    expect(await find(third)).toBe('unknown')
    issuer.keys = [first, second]
    expect(await find(first)).toBe('found')
    expect(await find(second)).toBe('unknown')
    clock.now += KEY_SET_FETCH_INTERVAL_MS
    expect(await find(third)).toBe('unknown')
    expect(await find(second)).toBe('found')
  })

  it('[R32] are fetched again when they are a day old, so that a key that was taken back is one no more', async () => {
    const { clock, issuer, newInstance } = createCloud(first, second)
    const find = newInstance()
    await find(second)
    issuer.keys = [first]
    clock.now += KEY_SET_FRESH_MS - 1
    expect(await find(second)).toBe('found')
    clock.now += 1
    expect(await find(second)).toBe('unknown')
    expect(await find(first)).toBe('found')
    expect(issuer.fetches).toBe(2)
  })

  it('are kept while the issuer is down, which is asked once a minute and told of in the log', async () => {
    const { clock, issuer, logged, newInstance } = createCloud(first)
    await newInstance()(first)
    issuer.state = 'down'
    clock.now += KEY_SET_FRESH_MS
    const find = newInstance()
    expect(await find(first)).toBe('found')
    expect(logged).toMatchObject([{ event: 'key-set-not-fetched', reason: 'unreachable' }])
    clock.now += KEY_SET_FETCH_MS
    expect(await find(first)).toBe('found')
    expect(issuer.fetches).toBe(2)
    issuer.state = 'up'
    issuer.keys = [second]
    clock.now += KEY_SET_FETCH_INTERVAL_MS
    expect(await find(second)).toBe('found')
    expect(await find(first)).toBe('unknown')
  })

  it('are nowhere when the issuer was never reached: a failure, and soon tried again', async () => {
    const { clock, issuer, newInstance } = createCloud(first)
    issuer.state = 'down'
    const find = newInstance()
    await expect(find(first)).rejects.toThrow(KeySetError)
    issuer.state = 'up'
    await expect(find(first)).rejects.toThrow(KeySetError)
    expect(issuer.fetches).toBe(1)
    clock.now += FIRST_KEY_SET_INTERVAL_MS
    expect(await find(first)).toBe('found')
  })

  it('are waited for while another instance fetches them, as when several start at once', async () => {
    const { clock, issuer, newInstance, fetchKeySet } = createCloud(first)
    const answer = Promise.withResolvers<void>()
    const one = newInstance(async () => {
      const keys = await fetchKeySet()
      await answer.promise
      return keys
    })(first)
    const begun = clock.now
    const other = newInstance()(first)
    await Promise.resolve()
    while (clock.now - begun < 1_000) await Promise.resolve()
    answer.resolve()
    expect(await Promise.all([one, other])).toEqual(['found', 'found'])
    expect(issuer.fetches).toBe(1)
  })

  it('are not waited for longer than a fetch may take', async () => {
    const { store, issuer, newInstance } = createCloud(first)
    await store.claimKeySetFetch(ISSUER, NOW, KEY_SET_FETCH_INTERVAL_MS)
    await expect(newInstance()(first)).rejects.toThrow(KeySetError)
    expect(issuer.fetches).toBe(0)
    expect(issuer.waits).toBeLessThanOrEqual(KEY_SET_FETCH_MS / 250)
  })

  it('that cannot be read from the table are a failure of the table, not of the token', async () => {
    const { clock, fetchKeySet } = createCloud(first)
    const broken = () => Promise.reject(new Error('throttled'))
    const keyOf = createKeyFinder({
      issuer: ISSUER,
      store: { getKeySet: broken, claimKeySetFetch: broken, putKeySet: broken },
      fetchKeySet,
      now: () => clock.now,
      wait: async () => undefined,
      log: { info: () => undefined, error: () => undefined },
    })
    await expect(keyOf({ alg: 'ES256', kid: 'first' }, { payload: '', signature: '' })).rejects.toThrow(
      'throttled',
    )
  })
})
