import type { Store } from '../core/ports.ts'

/** What the door asks of the database besides what the core does. Expiry counts as it does there. */
export interface TokenStore {
  /** True for whoever comes first with this token of the device. */
  useToken(device: string, jti: string, expiresAtMs: number): Promise<boolean>
}

export interface KeySetRecord {
  /** The issuer's keys as JSON (RFC 7517 section 5) when they were fetched last; null until then. */
  readonly jwks: string | null
  /** Epoch ms; 0 when never. */
  readonly fetchedAt: number
  /** Epoch ms: when somebody last began to fetch. */
  readonly triedAt: number
}

export interface KeySetStore {
  getKeySet(issuer: string): Promise<KeySetRecord | null>
  /** True for one caller in `intervalMs`, over all instances: that one fetches. */
  claimKeySetFetch(issuer: string, atMs: number, intervalMs: number): Promise<boolean>
  /** An older set than the one that is there changes nothing. */
  putKeySet(issuer: string, jwks: string, fetchedAtMs: number): Promise<void>
}

export type DoorStore = Pick<Store, 'getPerson' | 'getDevice' | 'getLink'> & TokenStore
