import { errorMessage } from '../../../protocol/error.ts'
import type { ErrorCode } from '../../../protocol/error-codes.ts'
import type { Backend } from '../backend.ts'
import { tellViewer } from './tell-viewer.ts'

/** Tells every connection of the viewers why, and closes it [R36]. */
export async function dismissViewers(
  backend: Backend,
  viewers: readonly string[],
  code: ErrorCode,
): Promise<void> {
  if (viewers.length === 0) return
  const { store, connections, log } = backend
  const own = (await store.listConnections()).filter((connection) => viewers.includes(connection.viewer))
  await Promise.all(
    own.map(async ({ connection }) => {
      await tellViewer(backend, connection, [errorMessage(code)])
      try {
        await connections.disconnect(connection)
        await store.removeConnection(connection)
      } catch (error) {
        log.error('viewer-not-disconnected', { connection, error })
      }
    }),
  )
}
