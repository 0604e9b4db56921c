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
  if (viewers.length > 0) await dismissConnections(backend, await unlistViewers(backend, viewers), code)
}

/**
 * Takes them off the list of those that are told of changes: should they not be reached after, all that their
 * connections are good for is to hear why at their next word.
 */
export async function unlistViewers(
  { store, log }: Backend,
  viewers: readonly string[],
): Promise<readonly string[]> {
  const listed = (await store.listConnections()).filter(({ viewer }) => viewers.includes(viewer))
  const own = listed.map(({ connection }) => connection)
  await Promise.all(
    own.map(async (connection) => {
      try {
        await store.removeConnection(connection)
      } catch (error) {
        log.error('viewer-not-unlisted', { connection, error })
      }
    }),
  )
  return own
}

/** Those that are off the list. */
export async function dismissConnections(
  backend: Backend,
  connections: readonly string[],
  code: ErrorCode,
): Promise<void> {
  await Promise.all(
    connections.map(async (connection) => {
      await tellViewer(backend, connection, [errorMessage(code)])
      try {
        await backend.connections.disconnect(connection)
      } catch (error) {
        backend.log.error('viewer-not-disconnected', { connection, error })
      }
    }),
  )
}
