import type { Backend } from '../backend.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { ConnectionRecord } from '../records.ts'
import type { Onlooker } from '../rights.ts'

/** The gateway ends a connection after two hours; its record may go soon after. */
const CONNECTION_RECORD_MS = 130 * 60_000

/** From now on presence comes to this connection. */
export async function listConnection(
  { store, now }: Backend,
  { connection, connectedAt }: Sender<ViewerPrincipal>,
  { viewer, owner }: Onlooker,
): Promise<void> {
  await store.addConnection({ connection, viewer, owner, connectedAt }, now() + CONNECTION_RECORD_MS)
}

/** The same of one that is told already. Who signed out meanwhile was taken off the list, and stays off it. */
export async function relistConnection({ store, now }: Backend, connection: ConnectionRecord): Promise<void> {
  await store.relistConnection(connection, now() + CONNECTION_RECORD_MS)
}
