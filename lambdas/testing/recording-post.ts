import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import type { Post } from '../core/ports.ts'

interface Posted {
  readonly connection: string
  readonly message: ToViewer | ToDevice
}

/** Remembers what was sent to whom; connections in `gone` answer as API Gateway does with 410, in `failing` as it does when throttled. */
export function createRecordingPost() {
  const sent: Posted[] = []
  const gone = new Set<string>()
  const failing = new Set<string>()
  const post: Post = {
    async post(connection, message) {
      if (gone.has(connection)) return 'gone'
      if (failing.has(connection)) throw new Error('429')
      sent.push({ connection, message })
      return 'sent'
    },
  }
  return {
    post,
    gone,
    failing,
    /** What came since the last time, oldest first. */
    take: () => sent.splice(0),
    takeFor: (connection: string) => {
      const own = sent.filter((posted) => posted.connection === connection).map(({ message }) => message)
      sent.splice(0, sent.length, ...sent.filter((posted) => posted.connection !== connection))
      return own
    },
  }
}
