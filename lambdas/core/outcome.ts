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

/** The last word on a connection: the gateway can give no reason with a close. */
export function dismissal(
  backend: Backend,
  connection: string,
  code: ErrorCode,
  about: { now?: number } = {},
): Outcome {
  return { say: errorMessage(code, about), afterwards: () => backend.connections.disconnect(connection) }
}
