import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Clock } from '../clock.ts'
import type { Invoke } from '../functions/invocation.ts'
import type { MeterEvent } from '../meter.ts'
import type { FunctionDescription, SocketApiDescription } from '../template/cloud-description.ts'
import { type AccessProblem, renderAccessLog } from './access-log.ts'
import { type Admission, admit } from './admission.ts'
import { ABNORMAL, type Connection, createConnection } from './connection.ts'
import type { Closing } from './connection-lifecycle.ts'
import { type Delivery, deliver } from './delivery.ts'
import { errorFrame, errorMessage } from './error-frame.ts'
import {
  type ConnectionFacts,
  connectEvent,
  disconnectEvent,
  type GatewayEvent,
  messageEvent,
} from './events.ts'
import type { GatewayFaults, Line, LineClient } from './gateway-faults.ts'
import { createGatewayId } from './gateway-id.ts'
import { isWebSocketUpgrade, readHandshake } from './handshake.ts'
import { createIntegration } from './integration.ts'
import type { Leg } from './leg.ts'
import { MAX_MESSAGE_BYTES } from './limits.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import { selectRoute } from './route-selection.ts'
import { createThrottle, type Throttle } from './throttle.ts'

export interface GatewayOptions {
  readonly api: SocketApiDescription
  readonly invoke: Invoke
  functionByArn(arn: string): FunctionDescription | undefined
  readonly clock: Clock
  readonly toCloud: Leg
  readonly toClient: Leg
  /** The account's, shared by its APIs. */
  readonly newConnections: Throttle
  readonly accountRequests: Throttle
  readonly onAccess: (line: string) => void
  readonly onMetered: (event: MeterEvent) => void
  readonly faults?: GatewayFaults
}

/** One stage of a WebSocket API. */
export interface Gateway {
  readonly api: SocketApiDescription
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  connection(id: string): Connection | undefined
  send(connection: Connection, data: Buffer | string): void
  close(): void
}

export function createGateway(options: GatewayOptions): Gateway {
  const { api, clock, faults, onMetered } = options
  const line: Line = options
  const integration = createIntegration(options)
  const routes = new Map(api.routes.map((route) => [route.key, route]))
  const routeKeys = new Set(routes.keys())
  const stageRequests = api.throttle ? createThrottle(api.throttle) : undefined
  const connections = new Map<string, Connection>()
  const upgrading = new Set<Duplex>()
  const subprotocols = new WeakMap<IncomingMessage, string>()
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (_, request) => subprotocols.get(request) ?? false,
  })
  let closed = false

  function throttled(at: number): boolean {
    return !options.accountRequests.take(at) || stageRequests?.take(at) === false
  }

  async function answerUpgrade(
    request: IncomingMessage,
    client: LineClient,
    head: Buffer,
    { toCloud, toClient }: Line,
  ) {
    const { socket } = client
    const at = clock.now()
    const requestId = createGatewayId()
    const connectionId = createGatewayId()
    const facts = { api, connectionId, connectedAt: at, handshake: readHandshake(request, api.domainName) }
    const connection = createConnection({ facts, clock, toCloud, toClient, onMessage, onDisconnected })
    client.connection = connection
    const gone = () => connection.dispatch({ kind: 'client-gone', closing: ABNORMAL })
    connections.set(connectionId, connection)
    socket.once('close', gone)

    const admission = await decideUpgrade(request, connection, requestId)
    if (closed) return
    const status = admission.kind === 'accepted' ? 200 : admission.status
    if (admission.kind === 'refused') {
      connections.delete(connectionId)
      connection.dispatch({ kind: 'refused' })
      const body = admission.body ?? errorFrame(status, connectionId, requestId)
      toClient.carry(() => refuseUpgrade(socket, status, body))
    } else {
      onMetered({ kind: 'connection-opened', at })
      connection.accept(admission.authorizer)
      toClient.carry(() => {
        upgrading.delete(socket)
        socket.removeListener('close', gone)
        if (admission.subprotocol !== undefined) subprotocols.set(request, admission.subprotocol)
        webSockets.handleUpgrade(request, socket, head, (opened) => connection.attach(opened, socket))
        if (socket.destroyed) gone()
      })
    }
    const problem = admission.kind === 'refused' ? admission.problem : undefined
    logAccess(connectEvent(connection.facts, { requestId, at }), status, problem)
  }

  async function decideUpgrade(
    request: IncomingMessage,
    { facts }: Connection,
    requestId: string,
  ): Promise<Admission> {
    const at = clock.now()
    if (!isWebSocketUpgrade(request)) return { kind: 'refused', status: 400 }
    if (!options.newConnections.take(at) || throttled(at)) return { kind: 'refused', status: 429 }
    return admit(facts, requestId, integration, clock.now)
  }

  function onMessage(connection: Connection, data: Buffer) {
    onMetered({ kind: 'message', direction: 'in', bytes: data.length })
    void relay(connection, data.toString())
  }

  /** Messages of one connection overtake each other: each is handed over as it comes. */
  async function relay(connection: Connection, body: string) {
    const at = clock.now()
    const requestId = createGatewayId()
    const routeKey = selectRoute(api.routeSelectionExpression, body, routeKeys) ?? ''
    const route = routes.get(routeKey)
    const message = { routeKey, messageId: createGatewayId(), body }
    const event = messageEvent(connection.facts, { requestId, at }, message)
    const delivery: Delivery = throttled(at)
      ? { status: 429, byGateway: true }
      : route
        ? await deliver(route, event, integration)
        : { status: 403, byGateway: true }
    if (closed) return
    logAccess(event, delivery.status, delivery.problem)
    if (!delivery.byGateway || connection.state.kind !== 'open') return
    send(connection, errorFrame(delivery.status, connection.facts.connectionId, requestId))
  }

  function onDisconnected({ facts }: Connection, closing: Closing) {
    connections.delete(facts.connectionId)
    onMetered({ kind: 'connection-closed', openedAt: facts.connectedAt, at: clock.now() })
    const tell = () => void tellDisconnected(facts, closing)
    if (faults) faults.disconnected(tell)
    else tell()
  }

  async function tellDisconnected(facts: ConnectionFacts, closing: Closing) {
    const route = routes.get('$disconnect')
    if (!route || closed) return
    const event = disconnectEvent(facts, { requestId: createGatewayId(), at: clock.now() }, closing)
    const { status, problem } = await deliver(route, event, integration)
    if (!closed) logAccess(event, status, problem)
  }

  function send(connection: Connection, data: Buffer | string) {
    onMetered({ kind: 'message', direction: 'out', bytes: Buffer.byteLength(data) })
    connection.send(data)
  }

  function logAccess({ requestContext }: GatewayEvent, status: number, problem: AccessProblem = {}) {
    if (api.accessLogFormat === undefined) return
    const { integrationErrorMessage, authorizerError } = problem
    const context = {
      ...requestContext,
      status,
      integrationErrorMessage,
      authorizer: { ...(requestContext['authorizer'] ?? {}), error: authorizerError },
      error: { message: status < 400 ? undefined : errorMessage(status) },
    }
    options.onAccess(renderAccessLog(api.accessLogFormat, context))
  }

  faults?.onClockMoved(() => {
    for (const connection of connections.values()) connection.dispatch({ kind: 'timer', at: clock.now() })
  })

  return {
    api,
    upgrade(request, socket, head) {
      // Who calls again at once, while the rest of the cloud closes, would be kept for ever.
      if (closed) return void socket.destroy()
      upgrading.add(socket)
      socket.once('close', () => upgrading.delete(socket))
      const client: LineClient = { socket, subprotocols: request.headers['sec-websocket-protocol'] ?? '' }
      const own = faults ? faults.openLine(line, client) : line
      own.toCloud.carry(() => void answerUpgrade(request, client, head, own))
    },
    connection: (id) => connections.get(id),
    send,
    close() {
      closed = true
      for (const connection of connections.values()) connection.abandon()
      for (const socket of upgrading) socket.destroy()
      // Also those whose closing handshake the client has not answered.
      for (const socket of webSockets.clients) socket.terminate()
      webSockets.close()
    },
  }
}

/** Leads each upgrade to the stage that its path names. */
export function upgradeToStage(gateways: readonly Gateway[]) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Before anything is written: a client that resets its connection must end nothing but that.
    socket.on('error', () => socket.destroy())
    const [path] = (request.url ?? '').split('?')
    const gateway = gateways.find(({ api }) => path === `/${api.stage}`)
    if (gateway) return gateway.upgrade(request, socket, head)
    refuseUpgrade(socket, 403, JSON.stringify({ message: errorMessage(403) }))
  }
}
