import { describe, expect, it } from 'vitest'
import type { KeySetStore, TokenStore } from '../door/ports.ts'
import { DEVICE, OTHER_DEVICE } from './samples.ts'
import type { OpenStore } from './store-contract.ts'

const JTI = 'j'.repeat(22)
const ISSUER = 'https://issuer.example'

/** What every store must do for the door, atomicity included. */
export function doorStoreContract(name: string, open: OpenStore<TokenStore & KeySetStore>): void {
  describe(`store contract of the door: ${name}`, () => {
    let time = 10_000
    const fresh = async () => {
      time = 10_000
      return open(() => time)
    }

    it('[R31] lets a device use a token once', async () => {
      const store = await fresh()
      expect(await store.useToken(DEVICE, JTI, 20_000)).toBe(true)
      expect(await store.useToken(DEVICE, JTI, 20_000)).toBe(false)
      expect(await store.useToken(OTHER_DEVICE, JTI, 20_000)).toBe(true)
      expect(await store.useToken(DEVICE, 'k'.repeat(22), 20_000)).toBe(true)
    })

    it('[R31] lets exactly one of many uses of the same token pass', async () => {
      const store = await fresh()
      const uses = await Promise.all(Array.from({ length: 8 }, () => store.useToken(DEVICE, JTI, 20_000)))
      expect(uses.filter(Boolean)).toHaveLength(1)
    })

    it('keeps the issuer’s keys, each issuer’s for itself', async () => {
      const store = await fresh()
      expect(await store.getKeySet(ISSUER)).toBeNull()
      await store.putKeySet(ISSUER, '{"keys":[]}', 9_000)
      expect(await store.getKeySet(ISSUER)).toEqual({
        jwks: '{"keys":[]}',
        fetchedAt: 9_000,
        triedAt: 9_000,
      })
      expect(await store.getKeySet('https://other.example')).toBeNull()
    })

    it('lets one in a minute fetch the keys, whether or not that succeeds', async () => {
      const store = await fresh()
      expect(await store.claimKeySetFetch(ISSUER, 10_000, 60_000)).toBe(true)
      expect(await store.getKeySet(ISSUER)).toEqual({ jwks: null, fetchedAt: 0, triedAt: 10_000 })
      expect(await store.claimKeySetFetch(ISSUER, 69_999, 60_000)).toBe(false)
      expect(await store.claimKeySetFetch('https://other.example', 69_999, 60_000)).toBe(true)
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => store.claimKeySetFetch(ISSUER, 70_000, 60_000)),
      )
      expect(claims.filter(Boolean)).toHaveLength(1)
    })

    it('keeps the keys of before while the next are fetched, and the newer of two', async () => {
      const store = await fresh()
      await store.putKeySet(ISSUER, '"newer"', 9_000)
      await store.claimKeySetFetch(ISSUER, 80_000, 60_000)
      await store.putKeySet(ISSUER, '"older"', 8_000)
      expect(await store.getKeySet(ISSUER)).toEqual({ jwks: '"newer"', fetchedAt: 9_000, triedAt: 80_000 })
      await store.putKeySet(ISSUER, '"newest"', 80_100)
      expect(await store.getKeySet(ISSUER)).toEqual({
        jwks: '"newest"',
        fetchedAt: 80_100,
        triedAt: 80_000,
      })
    })
  })
}
