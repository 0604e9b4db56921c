import type { RequestListener, ServerResponse } from 'node:http'
import { isConnectionsPath } from './gateway/connections-endpoint.ts'

/** A user pool, where the template has one. */
export interface UserPoolAtServices {
  readonly id: string
  readonly operations: RequestListener
  answerKeySet(response: ServerResponse): void
}

/** The one address under which the functions find every service. */
export function answerServices(services: {
  readonly tables: RequestListener
  readonly connections: RequestListener
  readonly userPool: UserPoolAtServices | undefined
}): RequestListener {
  const { tables, connections, userPool } = services
  return (request, response) => {
    const url = request.url ?? ''
    if (isConnectionsPath(url)) return connections(request, response)
    const target = String(request.headers['x-amz-target'])
    if (target.startsWith('DynamoDB_')) return tables(request, response)
    if (userPool) {
      if (url === `/${userPool.id}/.well-known/jwks.json`) return userPool.answerKeySet(response)
      if (target.startsWith('AWSCognitoIdentityProviderService.'))
        return userPool.operations(request, response)
    }
    response.writeHead(404, {
      'Content-Type': 'application/json',
      'x-amzn-ErrorType': 'UnknownOperationException',
    })
    response.end(JSON.stringify({ message: 'This service does not exist locally' }))
  }
}
