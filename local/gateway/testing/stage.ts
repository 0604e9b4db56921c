import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi'
import { WebSocket } from 'ws'
import type { Clock } from '../../clock.ts'
import type { Faults } from '../../faults/faults.ts'
import { functionError } from '../../functions/function-error.ts'
import type { Invoke } from '../../functions/invocation.ts'
import type { Refusal } from '../../iam/refusal.ts'
import type { MeterEvent } from '../../meter.ts'
import type {
  FunctionDescription,
  InvokePermission,
  PolicyStatement,
  SocketApiDescription,
} from '../../template/cloud-description.ts'
import { manualClock } from '../../testing/manual-clock.ts'
import { createConnectionsEndpoint } from '../connections-endpoint.ts'
import { createGateway, upgradeToStage } from '../gateway.ts'
import { createLeg } from '../leg.ts'
import { ACCOUNT_REQUESTS, NEW_CONNECTIONS } from '../limits.ts'
import { createThrottle, type ThrottleSettings } from '../throttle.ts'

export const API_ARN = 'arn:aws:execute-api:eu-west-1:111122223333:api1'
const RELAY = 'arn:aws:lambda:eu-west-1:111122223333:function:relay'
const GATE = 'arn:aws:lambda:eu-west-1:111122223333:function:gate'

// biome-ignore lint/suspicious/noExplicitAny: an event is JSON that a test picks from as a handler would
export type Event = any

export interface StageSettings {
  /** What the function behind all routes does; throws like a handler. */
  handle?(event: Event): unknown
  /** With it, `$connect` has an authorizer. */
  authorize?(event: Event): unknown
  readonly identitySources?: readonly string[]
  readonly api?: Partial<SocketApiDescription>
  readonly invokers?: readonly InvokePermission[]
  readonly statements?: readonly PolicyStatement[]
  readonly latencyMs?: number
  readonly newConnections?: ThrottleSettings
  readonly accountRequests?: ThrottleSettings
  readonly faults?: (clock: Clock) => Faults
}

const GATEWAY_MAY = [{ principal: 'apigateway.amazonaws.com', sourceArn: `${API_ARN}/*` }]
const MANAGE = {
  effect: 'Allow',
  actions: ['execute-api:ManageConnections'],
  resources: [`${API_ARN}/*`],
} as const

/** One stage on a listener of its own, whose functions are those of the test. */
export async function startStage(settings: StageSettings = {}) {
  const clock = manualClock(Date.UTC(2026, 1, 9, 18, 11, 43))
  const faults = settings.faults?.(clock)
  const stageClock = faults?.clock ?? clock
  const events: Event[] = []
  const access: string[] = []
  const metered: MeterEvent[] = []
  const refused: Refusal[] = []
  const relay = describeRelay(settings)
  const authorizer = { functionArn: GATE, identitySources: settings.identitySources ?? [] }
  const api: SocketApiDescription = {
    id: 'api1',
    stage: 'prod',
    arn: API_ARN,
    domainName: 'api1.execute-api.eu-west-1.amazonaws.com',
    routeSelectionExpression: '$request.body.type',
    routes: [
      { key: '$connect', functionArn: RELAY, ...(settings.authorize ? { authorizer } : {}) },
      { key: '$disconnect', functionArn: RELAY },
      { key: 'hello', functionArn: RELAY },
      { key: '$default', functionArn: RELAY },
    ],
    ...settings.api,
  }
  const newConnections = createThrottle(settings.newConnections ?? NEW_CONNECTIONS)
  const accountRequests = createThrottle(settings.accountRequests ?? ACCOUNT_REQUESTS)
  const leg = createLeg(clock, settings.latencyMs ?? 0)
  const invoke: Invoke = async (arn, event) => {
    events.push(event)
    try {
      const handler = arn === GATE ? settings.authorize : settings.handle
      return { ok: true, value: handler ? await handler(event) : { statusCode: 200 } }
    } catch (error) {
      return { ok: false, error: functionError(error) }
    }
  }
  const gateway = createGateway({
    api,
    invoke: faults ? faults.invoking(invoke) : invoke,
    functionByArn: () => relay,
    clock: stageClock,
    toCloud: leg,
    toClient: leg,
    newConnections,
    accountRequests,
    onAccess: (line) => access.push(line),
    onMetered: (event) => metered.push(event),
    ...(faults && { faults: faults.gateway }),
  })
  const endpoint = createConnectionsEndpoint({
    gateways: [gateway],
    callerOf: (key) => (key === 'ASIARELAY' ? relay : undefined),
    accountRequests,
    onRefused: (refusal) => refused.push(refusal),
    now: stageClock.now,
    ...(faults && { faultOfPost: faults.ofPost }),
  })
  const server = createServer((request, response) => endpoint.handle(request, response))
  server.on('upgrade', upgradeToStage([gateway]))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients: { destroy(): void }[] = []

  return {
    clock,
    events,
    access,
    metered,
    refused,
    gateway,
    port,
    /** Events of one kind: CONNECT, MESSAGE or DISCONNECT, without the authorizer's. */
    eventsOf: (type: string) =>
      events.filter((event) => event.requestContext.eventType === type && event.type !== 'REQUEST'),
    open: (options: ClientOptions = {}) =>
      new TestClient(`ws://127.0.0.1:${port}${options.path ?? '/prod'}`, options),
    management(stage = 'prod', accessKeyId = 'ASIARELAY') {
      const client = new ApiGatewayManagementApiClient({
        region: 'eu-west-1',
        endpoint: `http://127.0.0.1:${port}/${stage}`,
        credentials: { accessKeyId, secretAccessKey: 'secret' },
        maxAttempts: 1,
      })
      clients.push(client)
      return client
    },
    async close() {
      for (const client of clients) client.destroy()
      gateway.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function describeRelay({
  invokers = GATEWAY_MAY,
  statements = [MANAGE],
}: StageSettings): FunctionDescription {
  return {
    name: 'relay',
    arn: RELAY,
    codeFolder: '',
    handler: '',
    memoryMb: 128,
    timeoutMs: 3000,
    environment: {},
    statements,
    invokers,
  }
}

export interface ClientOptions {
  readonly path?: string
  readonly protocols?: string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A client that keeps what it gets until a test asks for it. */
export class TestClient {
  readonly socket: WebSocket
  readonly frames: string[] = []
  /** 101, or the status and the body with which the upgrade was refused. */
  readonly answered: Promise<{ status: number; body: string }>
  readonly closed: Promise<{ code: number; reason: string }>

  constructor(url: string, { protocols = [], headers = {} }: ClientOptions) {
    this.socket = new WebSocket(url, protocols, { headers: { ...headers }, perMessageDeflate: false })
    this.socket.on('message', (data) => this.frames.push(data.toString()))
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    this.answered = new Promise((resolve, reject) => {
      this.socket.on('open', () => resolve({ status: 101, body: '' }))
      this.socket.on('error', reject)
      this.socket.on('unexpected-response', (_, response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      })
    })
  }
}
