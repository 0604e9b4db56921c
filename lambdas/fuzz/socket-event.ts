import { contextOf } from '../door/principal-context.ts'
import type { SocketEvent } from '../handler.ts'
import type { ModelConnection } from './model.ts'

/** Connections begin as what the door has made of them. */
export const NO_DOOR = null as never

/** As the gateway puts it, with the principal as the authorizer has handed it on. */
export function eventOf({ id, who, connectedAt }: ModelConnection, frame: string | null): SocketEvent {
  const eventType = frame === null ? 'DISCONNECT' : 'MESSAGE'
  const requestContext = { eventType, connectionId: id, connectedAt, authorizer: contextOf(who) }
  return { requestContext, ...(frame !== null && { body: frame }) } as unknown as SocketEvent
}
