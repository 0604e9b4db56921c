import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HealthReport } from './health-report.ts'

export type HealthServer =
  | { readonly ok: true; readonly port: number; readonly close: () => void }
  | { readonly ok: false; readonly reason: string }

/** Serves `GET /health` on the loopback address alone: 200 when cameras can be seen through the cloud, else 503. */
export function startHealthServer(port: number, report: () => HealthReport): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request, report)
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`)
  })
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ ok: false, reason: refusal(port, error) }),
    )
    server.listen(port, '127.0.0.1', () => resolve(running(server)))
  })
}

function running(server: Server): HealthServer {
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { ok: true, port: (server.address() as AddressInfo).port, close }
}

function answer(request: IncomingMessage, report: () => HealthReport): { status: number; body: unknown } {
  // A page whose name was made to point here (DNS rebinding) comes with its own name as Host.
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/i.test(request.headers.host ?? '')) {
    return { status: 403, body: { error: 'ask as localhost or 127.0.0.1' } }
  }
  if (request.url?.split('?')[0] !== '/health')
    return { status: 404, body: { error: 'there is only /health' } }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, body: { error: 'only GET' } }
  }
  const body = report()
  return { status: body.status === 'ok' ? 200 : 503, body }
}

function refusal(port: number, { code, message }: NodeJS.ErrnoException): string {
  const advice = 'choose another with --health-port PORT (0: any free one, off: none)'
  if (code === 'EADDRINUSE') {
    return `port ${port} for /health is taken, perhaps by another connector on this machine; ${advice}`
  }
  return `port ${port} for /health cannot be used (${code ?? message}); ${advice}`
}
