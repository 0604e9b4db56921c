import { once } from 'node:events'
import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { createCertificate } from '../tls/create-certificate.ts'
import { type Clock, SYSTEM_CLOCK } from './clock.ts'
import { createFrameSource, type FrameSource } from './frame-source.ts'
import { NO_QUIRKS, type Quirks } from './quirks.ts'
import { runSession } from './run-session.ts'
import { openSlots } from './slots.ts'

export interface SimulatedCameraOptions {
  readonly name?: string
  /** 0 takes a free one. */
  readonly port?: number
  readonly host?: string
  readonly path?: string
  readonly maxStreams?: number
  readonly framesPerSecond?: number
  /** HTTP Basic on the upgrade, user `user`. */
  readonly password?: string
  /** With a certificate of its own that it makes now and that nobody vouches for. */
  readonly tls?: boolean
  readonly quirks?: Partial<Quirks>
  /** For the quirks that take time; the picture always shows the real one. */
  readonly clock?: Clock
}

export interface SimulatedCamera {
  /** The WebSocket address of its UV4L signalling. */
  readonly url: string
  readonly port: number
  /** Streams that are being served now. */
  sessions(): number
  /** Streams since its start. */
  served(): number
  /** WebSockets that are open now. */
  sockets(): number
  /** Streams, since its start, whose client went away without `hangup`. */
  abandoned(): number
  close(): Promise<void>
}

/** Rejects with the system's error (EADDRINUSE, EACCES) when it cannot listen. */
export async function startSimulatedCamera(options: SimulatedCameraOptions = {}): Promise<SimulatedCamera> {
  const { name = 'camera', port = 0, host = '127.0.0.1', path = '/stream/webrtc', maxStreams = 3 } = options
  const quirks: Quirks = { ...NO_QUIRKS, ...options.quirks }
  const clock = options.clock ?? SYSTEM_CLOCK
  const slots = openSlots(quirks.oneFeed ? 1 : maxStreams, quirks.stickyBusyMs, clock.now)
  const frames: FrameSource = createFrameSource(name, options.framesPerSecond)
  const server = options.tls ? createTlsServer(await unknownCertificate()) : createServer()
  const sockets = new WebSocketServer({ noServer: true })

  server.on('request', (_, response) => response.writeHead(426, { Upgrade: 'websocket' }).end())
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = refusalOf(request, path, options.password)
    if (status !== undefined) return refuse(stream, status)
    sockets.handleUpgrade(request, stream, head, (socket: WebSocket) =>
      runSession({ socket, slots, frames, quirks, clock }),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })

  const taken = (server.address() as AddressInfo).port
  const shownHost = host.includes(':') ? `[${host}]` : host
  return {
    url: `${options.tls ? 'wss' : 'ws'}://${shownHost}:${taken}${path}`,
    port: taken,
    sessions: slots.live,
    served: slots.served,
    sockets: () => sockets.clients.size,
    abandoned: slots.abandoned,
    async close() {
      const closed = [...sockets.clients].map((socket) => once(socket, 'close'))
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      server.closeAllConnections()
      await Promise.all([...closed, once(server, 'close')])
    },
  }
}

function refusalOf(request: IncomingMessage, path: string, password: string | undefined): number | undefined {
  if (request.url?.split('?')[0] !== path) return 404
  if (password === undefined) return undefined
  const expected = `Basic ${Buffer.from(`user:${password}`).toString('base64')}`
  return request.headers.authorization === expected ? undefined : 401
}

function refuse(stream: Duplex, status: number): void {
  // A client that resets its connection must end nothing but that.
  stream.on('error', () => stream.destroy())
  const challenge = status === 401 ? 'WWW-Authenticate: Basic realm="UV4L"\r\n' : ''
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${challenge}`
  stream.end(`${head}Connection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** As cameras come with: of their own making, and never renewed. */
function unknownCertificate() {
  const hosts = ['localhost', '127.0.0.1']
  return createCertificate({ commonName: 'Simulated UV4L camera', hosts, days: 365, now: Date.now() })
}
