import {
  type ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import type { Post } from '../core/ports.ts'

/** Sends through API Gateway's @connections endpoint. The client must not retry by itself. */
export function createConnectionsPost(client: Pick<ApiGatewayManagementApiClient, 'send'>): Post {
  const send = async (connection: string, Data: string): Promise<'sent' | 'gone'> => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId: connection, Data }))
      return 'sent'
    } catch (error) {
      if (isGone(error)) return 'gone'
      throw error
    }
  }
  return {
    async post(connection, message) {
      const data = JSON.stringify(message)
      try {
        return await send(connection, data)
      } catch (error) {
        if (isRefused(error)) throw error
        return send(connection, data)
      }
    },
  }
}

/**
 * The gateway's decision, which a second try does not change. 429 is one too: it comes for a client that does not
 * read, and waiting for that would hold the function up for everybody else.
 */
function isRefused(error: unknown): boolean {
  const status =
    error instanceof ApiGatewayManagementApiServiceException ? error.$metadata.httpStatusCode : undefined
  return status !== undefined && status >= 400 && status < 500
}

/** The connection does not exist any more. */
function isGone(error: unknown): boolean {
  return error instanceof GoneException
}
