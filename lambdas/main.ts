import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createCognitoAccounts } from './accounts/cognito-accounts.ts'
import { noAccounts } from './accounts/no-accounts.ts'
import { createApiGatewayConnections } from './connections/api-gateway-connections.ts'
import type { Backend } from './core/backend.ts'
import { createRoutesCache } from './core/routes-cache.ts'
import type { Door } from './door/admit.ts'
import { createKeyFinder, KEY_SET_FETCH_MS } from './door/key-finder.ts'
import { createKeySetSource } from './door/key-set-source.ts'
import { readEnvironment } from './environment.ts'
import { handle } from './handler.ts'
import { createLog } from './log.ts'
import { createDynamodbStore } from './store/dynamodb-store.ts'

/**
 * The SDK only logs a request that takes too long unless it is told to throw. A database that does not answer is given
 * up after 3 × 1.5 s and 0.3 s of waits, a gateway after 2 × 1.5 s: together within the function's 10 s, so that the
 * sender hears of it. Throttling is waited out for up to 1.5 s.
 */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true }
const DATABASE_ATTEMPTS = 3

const environment = readEnvironment(process.env)
const now = Date.now
const log = createLog(environment.LOG_LEVEL, (line) => process.stdout.write(line))
const store = createDynamodbStore({
  client: DynamoDBDocumentClient.from(
    new DynamoDBClient({ requestHandler, maxAttempts: DATABASE_ATTEMPTS, retryMode: 'standard' }),
    {
      marshallOptions: { removeUndefinedValues: true },
    },
  ),
  table: environment.TABLE_NAME,
  now,
})

const backend: Backend = {
  store,
  connections: createApiGatewayConnections(
    new ApiGatewayManagementApiClient({
      endpoint: environment.CONNECTIONS_URL,
      requestHandler,
      maxAttempts: 1,
    }),
    (ms) => setTimeout(ms),
  ),
  accounts:
    environment.USER_POOL_ID === ''
      ? noAccounts
      : createCognitoAccounts(
          new CognitoIdentityProviderClient({ requestHandler: { ...requestHandler, requestTimeout: 3_000 } }),
          environment.USER_POOL_ID,
        ),
  cache: createRoutesCache(),
  iceServers: environment.ICE_SERVERS,
  webOrigin: environment.WEB_ORIGIN,
  ownerEmail: environment.OWNER_EMAIL,
  log,
  now,
  randomBytes,
}

const door: Door = {
  webOrigin: environment.WEB_ORIGIN,
  socketUrl: environment.SOCKET_URL,
  issuer: environment.OIDC_ISSUER,
  clientId: environment.OIDC_CLIENT_ID,
  keyOf: createKeyFinder({
    issuer: environment.OIDC_ISSUER,
    store,
    fetchKeySet: createKeySetSource({
      issuer: environment.OIDC_ISSUER,
      jwksUrl: environment.OIDC_JWKS_URL,
      fetch,
      deadline: () => AbortSignal.timeout(KEY_SET_FETCH_MS),
    }),
    now,
    wait: (ms) => setTimeout(ms),
    log,
  }),
  store,
  now,
}

export const handler = (event: Parameters<typeof handle>[0]): ReturnType<typeof handle> =>
  handle(event, door, backend)
