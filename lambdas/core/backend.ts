import type { IceServer } from '../../protocol/ice.ts'
import type { Accounts, Connections, Log, Store } from './ports.ts'
import type { RoutesCache } from './routes-cache.ts'

/** Everything that the core reaches the world by. */
export interface Backend {
  readonly store: Store
  readonly connections: Connections
  readonly accounts: Accounts
  readonly cache: RoutesCache
  readonly iceServers: readonly IceServer[]
  /** Origin of the web app. */
  readonly webOrigin: string
  /** In lower case: whoever proves this address first owns the deployment. */
  readonly ownerEmail: string
  readonly log: Log
  /** Epoch ms. */
  now(): number
  /** From a cryptographic source. */
  randomBytes(count: number): Uint8Array
}
