import type { KeySetStore, TokenStore } from '../door/ports.ts'
import { epochSeconds } from './expiry.ts'
import { toKeySet } from './items.ts'
import { keys } from './keys.ts'
import { IS_FREE, type Table } from './table.ts'

/** What only the door keeps: used tokens, and the issuer's keys. */
export function createDoorItems(table: Table): TokenStore & KeySetStore {
  return {
    useToken(device, jti, expiresAtMs) {
      return table.put(keys.token(device, jti), { expiresAt: epochSeconds(expiresAtMs) }, IS_FREE)
    },

    async getKeySet(issuer) {
      const item = await table.get(keys.keySet(issuer))
      return item === null ? null : toKeySet(item)
    },

    async claimKeySetFetch(issuer, atMs, intervalMs) {
      const claimed = await table.update(
        keys.keySet(issuer),
        'SET triedAt = :at',
        'attribute_not_exists(triedAt) OR triedAt <= :before',
        { ':at': atMs, ':before': atMs - intervalMs },
      )
      return claimed !== null
    },

    async putKeySet(issuer, jwks, fetchedAtMs) {
      await table.update(
        keys.keySet(issuer),
        'SET jwks = :jwks, fetchedAt = :at, triedAt = if_not_exists(triedAt, :at)',
        'attribute_not_exists(fetchedAt) OR fetchedAt < :at',
        { ':jwks': jwks, ':at': fetchedAtMs },
      )
    },
  }
}
