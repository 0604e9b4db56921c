import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What API Gateway keeps of an upgrade request. */
export interface Handshake {
  readonly headers: readonly HeaderLine[]
  readonly query: URLSearchParams
  readonly sourceIp: string
  readonly userAgent?: string
}

export type HeaderLine = readonly [name: string, value: string]

/** Names keep the case in which the client sent them; what the service's own front adds comes last. */
export function readHandshake(request: IncomingMessage, domainName: string): Handshake {
  const sourceIp = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const userAgent = request.headers['user-agent']
  const headers: HeaderLine[] = []
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? ''
    const value = request.rawHeaders[index + 1] ?? ''
    headers.push([name, name.toLowerCase() === 'host' ? domainName : value])
  }
  headers.push(
    ['X-Amzn-Trace-Id', `Root=1-${randomHex(4)}-${randomHex(12)}`],
    ['X-Forwarded-For', sourceIp],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  )
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  return { headers, query, sourceIp, ...(userAgent === undefined ? {} : { userAgent }) }
}

function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}

/** Whether the request can become a WebSocket at all (RFC 6455, section 4.2.1). */
export function isWebSocketUpgrade({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')
  )
}

/** Whether everything that the authorizer needs to see is there and not empty. */
export function hasIdentitySources(handshake: Handshake, sources: readonly string[]): boolean {
  return sources.every((source) => {
    const [, place, name = ''] = /^route\.request\.(header|querystring)\.(.+)$/.exec(source) ?? []
    if (place === 'querystring') return Boolean(handshake.query.get(name))
    if (place !== 'header') return false
    const wanted = name.toLowerCase()
    return handshake.headers.some(([header, value]) => header.toLowerCase() === wanted && value !== '')
  })
}
