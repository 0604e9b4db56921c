import {
  type ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import type { Post } from '../core/ports.ts'

/** Sends through API Gateway's @connections endpoint. */
export function createConnectionsPost(client: Pick<ApiGatewayManagementApiClient, 'send'>): Post {
  return {
    async post(connection, message) {
      const Data = JSON.stringify(message)
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId: connection, Data }))
        return 'sent'
      } catch (error) {
        if (isGone(error)) return 'gone'
        throw error
      }
    },
  }
}

/** The connection does not exist any more. */
function isGone(error: unknown): boolean {
  return error instanceof GoneException
}
