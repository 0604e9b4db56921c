import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { redirectPlainHttp } from './redirect-plain-http.ts'

/** As PEM. */
export interface TlsKeyPair {
  readonly key: string
  readonly cert: string
}

export interface ListenerOptions extends ServerOptions {
  /** With it only TLS is spoken; plain http is led to `origin`, which says what it is called at a port. */
  readonly tls?: TlsKeyPair & { readonly origin: (port: number) => string }
}

export interface Listener {
  readonly port: number
  /** Until then every request is told to come back. */
  serve(handler: RequestListener): void
  onUpgrade(handler: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void
  /** For connections from now on. */
  renewTls(tls: TlsKeyPair): void
  close(): Promise<void>
}

/** Without a host it listens on every address of the machine. */
export async function openListener(
  host: string | undefined,
  port: number,
  { tls, ...options }: ListenerOptions,
): Promise<Listener | 'port-taken'> {
  let handler: RequestListener = (_, response) => void response.writeHead(503, { 'Retry-After': '1' }).end()
  const answer: RequestListener = (request, response) => handler(request, response)
  const secure = tls && createTlsServer({ ...options, ...tls }, answer)
  const server = secure ?? createServer(options, answer)
  const portOf = () => (server.address() as AddressInfo).port
  const closePlain = secure && tls ? redirectPlainHttp(secure, () => tls.origin(portOf())) : () => {}
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'port-taken'
    throw error
  }
  return {
    port: portOf(),
    serve(next) {
      handler = next
    },
    onUpgrade: (upgrade) => void server.on('upgrade', upgrade),
    renewTls: (next) => secure?.setSecureContext(next),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      closePlain()
      await closed
    },
  }
}
