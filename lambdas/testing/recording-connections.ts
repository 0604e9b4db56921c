import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import type { Connections } from '../core/ports.ts'

interface Posted {
  readonly connection: string
  readonly message: ToViewer | ToDevice
}

/**
 * Remembers what was sent to whom, and who was disconnected. Connections in `gone` answer as API Gateway does with
 * 410, which those that were disconnected do from then on; in `failing` as it does when throttled.
 */
export function createRecordingConnections() {
  const sent: Posted[] = []
  const gone = new Set<string>()
  const failing = new Set<string>()
  const disconnected: string[] = []
  const connections: Connections = {
    async post(connection, message) {
      if (gone.has(connection)) return 'gone'
      if (failing.has(connection)) throw new Error('429')
      sent.push({ connection, message })
      return 'sent'
    },
    async disconnect(connection) {
      if (failing.has(connection)) throw new Error('429')
      if (gone.has(connection)) return
      gone.add(connection)
      disconnected.push(connection)
    },
  }
  return {
    connections,
    gone,
    failing,
    /** What came since the last time, oldest first. */
    take: () => sent.splice(0),
    takeFor: (connection: string) => {
      const own = sent.filter((posted) => posted.connection === connection).map(({ message }) => message)
      sent.splice(0, sent.length, ...sent.filter((posted) => posted.connection !== connection))
      return own
    },
    /** Whose connection was closed since the last time, in order. */
    takeDisconnected: () => disconnected.splice(0),
  }
}
