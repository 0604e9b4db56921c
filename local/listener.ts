import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listener {
  readonly server: Server
  readonly port: number
  /** Until then every request is told to come back. */
  serve(handler: RequestListener): void
  close(): Promise<void>
}

export async function openListener(
  host: string,
  port: number,
  options: ServerOptions,
): Promise<Listener | 'port-taken'> {
  let handler: RequestListener = (_, response) => void response.writeHead(503, { 'Retry-After': '1' }).end()
  const server = createServer(options, (request, response) => handler(request, response))
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'port-taken'
    throw error
  }
  return {
    server,
    port: (server.address() as AddressInfo).port,
    serve(next) {
      handler = next
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
