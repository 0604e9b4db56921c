import type { IncomingMessage, ServerResponse } from 'node:http'
import { callerAccessKeyId } from '../iam/caller.ts'
import { connectionsRequest } from '../iam/connections-request.ts'
import { decide } from '../iam/decide.ts'
import { type Refusal, refusal } from '../iam/refusal.ts'
import { readRequestBody } from '../request-body.ts'
import type { FunctionDescription } from '../template/cloud-description.ts'
import type { Gateway } from './gateway.ts'
import { createGatewayId, isGatewayId } from './gateway-id.ts'
import { MAX_CLIENT_BACKLOG_BYTES, MAX_FRAME_BYTES } from './limits.ts'
import type { Throttle } from './throttle.ts'

export interface ConnectionsEndpointOptions {
  readonly gateways: readonly Gateway[]
  callerOf(accessKeyId: string): FunctionDescription | undefined
  readonly accountRequests: Throttle
  readonly onRefused: (refusal: Refusal) => void
  now(): number
  /** What a test lets the next post come to. */
  readonly faultOfPost?: (connected: boolean) => PostFault | undefined
}

/** `void`: answered as if it had been delivered. */
export type PostFault = 'throttled' | 'failing' | 'void'

interface Answer {
  readonly status: number
  readonly errorType?: string
  readonly body?: Readonly<Record<string, unknown>>
}

const POST_FAULTS: Readonly<Record<PostFault, Answer>> = {
  throttled: failure(429, 'LimitExceededException', 'Too Many Requests'),
  failing: failure(500, 'InternalServerErrorException', 'Internal server error'),
  void: { status: 200 },
}

const CONNECTIONS_PATH = /^\/([^/]+)\/(?:@|%40)connections\/([^/?]+)$/i

export function isConnectionsPath(url: string): boolean {
  return /^\/[^/]+\/(?:@|%40)connections(?:\/|$)/i.test(url)
}

/** What functions call to reach the clients: `/{stage}/@connections/{connection id}`. */
export function createConnectionsEndpoint(options: ConnectionsEndpointOptions) {
  const { gateways, callerOf, accountRequests, onRefused, now } = options

  function answer(request: IncomingMessage, body: Buffer | 'too-large'): Answer {
    const accessKeyId = callerAccessKeyId(request.headers.authorization)
    if (accessKeyId === undefined) {
      return failure(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
    }
    const caller = callerOf(accessKeyId)
    if (!caller) {
      return failure(
        403,
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      )
    }
    const [, stage, encodedId = ''] = CONNECTIONS_PATH.exec(request.url ?? '') ?? []
    const gateway = gateways.find(({ api }) => api.stage === stage)
    const id = decoded(encodedId)
    if (!gateway) return failure(403, 'ForbiddenException', 'Forbidden')
    const needed = connectionsRequest(gateway.api.arn, gateway.api.stage, request.method ?? '', id)
    const decision = decide(caller.statements, [needed])
    if (decision.kind === 'refused') {
      const refused = refusal(caller, decision)
      onRefused(refused)
      return failure(403, 'AccessDeniedException', refused.message)
    }
    if (!accountRequests.take(now())) return failure(429, 'LimitExceededException', 'Too Many Requests')
    if (!isGatewayId(id)) return failure(400, 'BadRequestException', `Invalid connectionId: ${id}`)
    if (options.faultOfPost && request.method === 'POST') {
      const fault = options.faultOfPost(gateway.connection(id)?.state.kind === 'open')
      if (fault) return POST_FAULTS[fault]
    }
    return manage(gateway, id, request.method, body)
  }

  return {
    handle(request: IncomingMessage, response: ServerResponse) {
      readRequestBody(request, MAX_FRAME_BYTES)
        .then((body) => write(response, answer(request, body)))
        .catch(() => response.destroy())
    },
  }
}

function manage(
  gateway: Gateway,
  id: string,
  method: string | undefined,
  body: Buffer | 'too-large',
): Answer {
  const connection = gateway.connection(id)
  const state = connection?.state
  if (!connection || state?.kind !== 'open') return failure(410, 'GoneException', 'Gone')
  switch (method) {
    case 'POST':
      if (body === 'too-large') return failure(413, 'PayloadTooLargeException', 'Message too long')
      if (connection.backlogBytes > MAX_CLIENT_BACKLOG_BYTES) {
        return failure(429, 'LimitExceededException', 'The client does not read')
      }
      gateway.send(connection, body)
      return { status: 200 }
    case 'GET': {
      const { connectedAt, handshake } = connection.facts
      const { sourceIp, userAgent } = handshake
      return {
        status: 200,
        body: {
          connectedAt: new Date(connectedAt).toISOString(),
          identity: { sourceIp, ...(userAgent === undefined ? {} : { userAgent }) },
          lastActiveAt: new Date(state.activeAt).toISOString(),
        },
      }
    }
    case 'DELETE':
      connection.dispatch({ kind: 'deleted' })
      return { status: 204 }
    default:
      return failure(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
}

/** Without the error type in a header, SDK v3 reports an unknown error. */
function write(response: ServerResponse, { status, errorType, body }: Answer) {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    'x-amzn-RequestId': createGatewayId(),
    ...(errorType === undefined ? {} : { 'x-amzn-ErrorType': errorType }),
    ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
    ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(text) }),
  })
  response.end(text)
}

function failure(status: number, errorType: string, message: string): Answer {
  return { status, errorType, body: { message } }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
