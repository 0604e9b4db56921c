import type { RequestListener } from 'node:http'
import { isConnectionsPath } from './gateway/connections-endpoint.ts'

/** The one address under which the functions find every service. */
export function answerServices(services: {
  readonly tables: RequestListener
  readonly connections: RequestListener
}): RequestListener {
  return (request, response) => {
    if (isConnectionsPath(request.url ?? '')) return services.connections(request, response)
    if (String(request.headers['x-amz-target']).startsWith('DynamoDB_'))
      return services.tables(request, response)
    response.writeHead(404, {
      'Content-Type': 'application/json',
      'x-amzn-ErrorType': 'UnknownOperationException',
    })
    response.end(JSON.stringify({ message: 'This service does not exist locally' }))
  }
}
