import type {
  APIGatewayAuthorizerResult,
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyStructuredResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
  APIGatewayRequestAuthorizerEvent,
} from 'aws-lambda'
import { SUBPROTOCOL } from '../protocol/version.ts'
import type { Backend } from './core/backend.ts'
import { disconnect } from './core/disconnect.ts'
import type { Sender } from './core/principal.ts'
import { receive } from './core/receive.ts'
import type { Door } from './door/admit.ts'
import { authorize } from './door/authorizer.ts'
import { principalOf } from './door/principal-context.ts'

type RequestContext = APIGatewayEventWebsocketRequestContextV2 & {
  readonly authorizer?: Readonly<Record<string, unknown>>
}
export type SocketEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<RequestContext>

const OK: APIGatewayProxyStructuredResultV2 = { statusCode: 200 }

/** One function for the authorizer and every route: a system that is rarely used then starts cold once. */
export async function handle(
  event: APIGatewayRequestAuthorizerEvent | SocketEvent,
  door: Door,
  backend: Backend,
): Promise<APIGatewayAuthorizerResult | APIGatewayProxyStructuredResultV2> {
  if ('methodArn' in event) return authorize(event, door, backend.log)
  const { eventType } = event.requestContext
  switch (eventType) {
    case 'CONNECT':
      return { ...OK, headers: { 'Sec-WebSocket-Protocol': SUBPROTOCOL } }
    case 'MESSAGE':
      await receive(backend, senderOf(event), event.body ?? '')
      return OK
    case 'DISCONNECT':
      await disconnect(backend, senderOf(event))
      return OK
    default:
      throw new Error(`unknown event type ${String(eventType satisfies never)}`)
  }
}

function senderOf({ requestContext }: SocketEvent): Sender {
  const { connectionId, connectedAt, authorizer } = requestContext
  return { principal: principalOf(authorizer), connection: connectionId, connectedAt }
}
