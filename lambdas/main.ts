import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createConnectionsPost } from './connections/connections-post.ts'
import type { Backend } from './core/backend.ts'
import { createRoutesCache } from './core/routes-cache.ts'
import { readEnvironment } from './environment.ts'
import { handle } from './handler.ts'
import { createLog } from './log.ts'
import { createDynamodbStore } from './store/dynamodb-store.ts'

/** The SDK only logs a request that takes too long unless it is told to throw. */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true }

const environment = readEnvironment(process.env)
const now = Date.now
const backend: Backend = {
  store: createDynamodbStore({
    client: DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler }), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    table: environment.TABLE_NAME,
    now,
  }),
  post: createConnectionsPost(
    new ApiGatewayManagementApiClient({
      endpoint: environment.CONNECTIONS_URL,
      requestHandler,
      maxAttempts: 1,
    }),
  ),
  cache: createRoutesCache(),
  iceServers: environment.ICE_SERVERS,
  log: createLog(environment.LOG_LEVEL, (line) => process.stdout.write(line)),
  now,
}

export const handler = (event: Parameters<typeof handle>[0]): ReturnType<typeof handle> =>
  handle(event, environment.WEB_ORIGIN, backend)
