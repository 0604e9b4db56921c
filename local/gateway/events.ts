import type { SocketApiDescription } from '../template/cloud-description.ts'
import type { Handshake, HeaderLine } from './handshake.ts'

/** What an authorizer leaves behind for every later event of the connection. */
export type AuthorizerContext = Readonly<Record<string, string | number>>

/** What stays the same in all events of one connection. */
export interface ConnectionFacts {
  readonly api: SocketApiDescription
  readonly connectionId: string
  readonly connectedAt: number
  readonly handshake: Handshake
  readonly authorizer?: AuthorizerContext
}

interface Occasion {
  readonly requestId: string
  readonly at: number
}

type Fields = Readonly<Record<string, unknown>>

export interface GatewayEvent extends Fields {
  readonly requestContext: Fields
}

export function authorizerEvent(facts: ConnectionFacts, occasion: Occasion): GatewayEvent {
  const { api, handshake } = facts
  return {
    type: 'REQUEST',
    methodArn: `${api.arn}/${api.stage}/$connect`,
    ...headerMaps(handshake.headers),
    queryStringParameters: {},
    multiValueQueryStringParameters: {},
    ...queryMaps(handshake.query),
    stageVariables: {},
    requestContext: requestContext(facts, occasion, '$connect', 'CONNECT'),
  }
}

export function connectEvent(facts: ConnectionFacts, occasion: Occasion): GatewayEvent {
  const { headers, query } = facts.handshake
  const hopByHop = ['connection', 'upgrade']
  return {
    ...headerMaps(headers.filter(([name]) => !hopByHop.includes(name.toLowerCase()))),
    ...queryMaps(query),
    requestContext: requestContext(facts, occasion, '$connect', 'CONNECT'),
    isBase64Encoded: false,
  }
}

export function messageEvent(
  facts: ConnectionFacts,
  occasion: Occasion,
  message: { readonly routeKey: string; readonly messageId: string; readonly body: string },
): GatewayEvent {
  const { routeKey, messageId, body } = message
  return {
    requestContext: { ...requestContext(facts, occasion, routeKey, 'MESSAGE'), messageId },
    body,
    isBase64Encoded: false,
  }
}

export function disconnectEvent(
  facts: ConnectionFacts,
  occasion: Occasion,
  { code, reason }: { readonly code: number; readonly reason: string },
): GatewayEvent {
  return {
    ...headerMaps([
      ['Host', facts.api.domainName],
      ['x-api-key', ''],
      ['X-Forwarded-For', ''],
      ['x-restapi', ''],
    ]),
    requestContext: {
      ...requestContext(facts, occasion, '$disconnect', 'DISCONNECT'),
      disconnectStatusCode: code,
      disconnectReason: reason,
    },
    isBase64Encoded: false,
  }
}

function requestContext(
  { api, connectionId, connectedAt, handshake, authorizer }: ConnectionFacts,
  { requestId, at }: Occasion,
  routeKey: string,
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
): Fields {
  const { sourceIp, userAgent } = handshake
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: commonLogTime(at),
    messageDirection: 'IN',
    stage: api.stage,
    connectedAt,
    requestTimeEpoch: at,
    identity: { ...(userAgent === undefined ? {} : { userAgent }), sourceIp },
    requestId,
    domainName: api.domainName,
    connectionId,
    apiId: api.id,
    ...(authorizer ? { authorizer } : {}),
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `09/Feb/2026:18:11:43 +0000`, the time format of the Common Log Format. */
function commonLogTime(at: number): string {
  const [year = '', month = '', day = '', time = ''] = new Date(at).toISOString().split(/[-T.]/)
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`
}

/** Of a name that comes twice, the single-value map has the last. */
function headerMaps(lines: readonly HeaderLine[]) {
  return { headers: Object.fromEntries(lines), multiValueHeaders: valuesByName(lines) }
}

function queryMaps(query: URLSearchParams): Fields {
  if (query.size === 0) return {}
  const pairs = [...query]
  return {
    queryStringParameters: Object.fromEntries(pairs),
    multiValueQueryStringParameters: valuesByName(pairs),
  }
}

function valuesByName(pairs: readonly HeaderLine[]): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const [name, value] of pairs) values[name] = [...(values[name] ?? []), value]
  return values
}
