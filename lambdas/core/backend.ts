import type { IceServer } from '../../protocol/ice.ts'
import type { Log, Post, Store } from './ports.ts'
import type { RoutesCache } from './routes-cache.ts'

/** Everything that the core reaches the world by. */
export interface Backend {
  readonly store: Store
  readonly post: Post
  readonly cache: RoutesCache
  readonly iceServers: readonly IceServer[]
  readonly log: Log
  /** Epoch ms. */
  now(): number
}
