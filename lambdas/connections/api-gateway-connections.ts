import {
  type ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import type { Connections } from '../core/ports.ts'

/** By API Gateway's @connections endpoint. The client must not retry by itself. */
export function createApiGatewayConnections(
  client: Pick<ApiGatewayManagementApiClient, 'send'>,
): Connections {
  return {
    post: (ConnectionId, message) => {
      const Data = JSON.stringify(message)
      return unlessGone(() => client.send(new PostToConnectionCommand({ ConnectionId, Data })))
    },
    // The close code is the gateway's own: 1000, "Connection Closed Normally".
    disconnect: async (ConnectionId) => {
      await unlessGone(() => client.send(new DeleteConnectionCommand({ ConnectionId })))
    },
  }
}

async function unlessGone(send: () => Promise<unknown>): Promise<'sent' | 'gone'> {
  try {
    await twice(send)
    return 'sent'
  } catch (error) {
    if (error instanceof GoneException) return 'gone'
    throw error
  }
}

async function twice(send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (error) {
    if (isDecided(error)) throw error
    await send()
  }
}

/**
 * The gateway's decision, which a second try does not change. 429 is one too: it comes for a client that does not
 * read, and waiting for that would hold the function up for everybody else.
 */
function isDecided(error: unknown): boolean {
  const status =
    error instanceof ApiGatewayManagementApiServiceException ? error.$metadata.httpStatusCode : undefined
  return status !== undefined && status >= 400 && status < 500
}
