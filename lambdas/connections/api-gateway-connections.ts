import {
  type ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import type { Connections } from '../core/ports.ts'

/** Long enough for a burst to be over, short enough for everybody else that the function has to tell. */
const THROTTLED_MS = 200
const TOO_MANY_REQUESTS = 429

/** By API Gateway's @connections endpoint. The client must not retry by itself. */
export function createApiGatewayConnections(
  client: Pick<ApiGatewayManagementApiClient, 'send'>,
  wait: (ms: number) => Promise<unknown>,
): Connections {
  const unlessGone = async (send: () => Promise<unknown>): Promise<'sent' | 'gone'> => {
    try {
      await twice(send, wait)
      return 'sent'
    } catch (error) {
      if (error instanceof GoneException) return 'gone'
      throw error
    }
  }
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

/**
 * What fails is tried once more, unless it is the gateway's decision. 429 comes in a burst, and of a client that does
 * not read: for the one a moment is enough, for the other nothing is.
 */
async function twice(send: () => Promise<unknown>, wait: (ms: number) => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (error) {
    const status = statusOf(error)
    if (status === TOO_MANY_REQUESTS) await wait(THROTTLED_MS)
    else if (status !== undefined && status >= 400 && status < 500) throw error
    await send()
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof ApiGatewayManagementApiServiceException ? error.$metadata.httpStatusCode : undefined
}
