import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import { errorMessage } from '../../protocol/error.ts'
import type { ErrorCode } from '../../protocol/error-codes.ts'
import type { Backend } from './backend.ts'

/** What the sender of a message is told, and what is done only once it has been. Null: nothing. */
export type Outcome = {
  readonly say: ToViewer | ToDevice
  afterwards?(): Promise<void>
} | null

export function say(message: ToViewer | ToDevice | null): Outcome {
  return message === null ? null : { say: message }
}

/** Said before a connection is closed: the gateway can give no reason with a close. */
export function lastWord(backend: Backend, connection: string, message: ToViewer | ToDevice): Outcome {
  return { say: message, afterwards: () => backend.connections.disconnect(connection) }
}

export function dismissal(
  backend: Backend,
  connection: string,
  code: ErrorCode,
  about: { now?: number } = {},
): Outcome {
  return lastWord(backend, connection, errorMessage(code, about))
}
