import { createHash } from 'node:crypto'
import type { Principal, Sender } from './principal.ts'

const MINUTE_MS = 60_000
/** The gateway ends a connection after 120 minutes; one is left to make the next. */
const EARLIEST_MS = 110 * MINUTE_MS
const LATEST_MS = 119 * MINUTE_MS

/**
 * In how many ms the receiver of a welcome opens its next connection [R46]. The moment is the connection's own: each
 * welcome of it says the same, and those that were made together, after an outage, do not come back together.
 */
export function rollOverMs(
  { connection, connectedAt }: Pick<Sender<Principal>, 'connection' | 'connectedAt'>,
  now: number,
): number {
  const share = createHash('sha256').update(connection).digest().readUInt32BE() / 2 ** 32
  const at = connectedAt + EARLIEST_MS + Math.floor(share * (LATEST_MS - EARLIEST_MS))
  return Math.max(0, at - now)
}
