import type { ToViewer } from '../../../protocol/directions.ts'
import type { Backend } from '../backend.ts'
import type { ConnectionRecord } from '../records.ts'
import { settleAll } from '../settle-all.ts'

/** Viewers that cannot be told now are no failure of whoever caused the change; their next `hello` tells them. */
export async function tellEach(
  backend: Backend,
  messagesFor: (connection: ConnectionRecord) => readonly ToViewer[],
): Promise<void> {
  try {
    const connections = await backend.store.listConnections()
    await Promise.all(connections.map((one) => tellViewer(backend, one.connection, messagesFor(one))))
  } catch (error) {
    backend.log.error('viewers-not-told', { error })
  }
}

export async function tellViewer(
  { connections, store, log }: Backend,
  connection: string,
  messages: readonly ToViewer[],
): Promise<void> {
  try {
    let gone = false
    await settleAll(
      messages.map(async (message) => {
        if ((await connections.post(connection, message)) === 'gone') gone = true
      }),
    )
    if (gone) await store.removeConnection(connection)
  } catch (error) {
    log.error('viewer-not-told', { connection, error })
  }
}
