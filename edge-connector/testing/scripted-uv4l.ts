import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { Mailbox } from './mailbox.ts'

type Uv4lFrame = { readonly what: string; readonly data?: unknown; readonly options?: unknown }

/** One connection to the camera, as the camera sees it. */
export interface ScriptedSession {
  readonly headers: IncomingHttpHeaders
  readonly received: Mailbox<Uv4lFrame>
  /** The close code, once the connection is gone. */
  readonly closed: Promise<number>
  send(frame: Uv4lFrame | string): void
  sendBinary(bytes: Uint8Array): void
  close(): void
  /** Resolved by the first ping. */
  readonly pinged: Promise<unknown>
  /** Hangs: the connection stays, and nothing is read from it or answered any more. */
  hang(): void
}

export interface ScriptedUv4l {
  readonly url: string
  readonly sessions: Mailbox<ScriptedSession>
  openSessions(): number
  stop(): Promise<void>
}

/** A camera that does exactly what the test says, on a real WebSocket. */
export async function startScriptedUv4l(
  options: {
    /** Answers the upgrade with this status instead. */
    readonly refuseWith?: number
    readonly tls?: { readonly key: string; readonly cert: string }
  } = {},
): Promise<ScriptedUv4l> {
  const server: Server = options.tls ? createTlsServer(options.tls) : createServer()
  const sockets = new WebSocketServer({ noServer: true })
  const sessions = new Mailbox<ScriptedSession>()
  server.on('upgrade', (request, socket, head) => {
    if (options.refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuseWith} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (ws) => sessions.put(sessionOf(ws, request.headers)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${options.tls ? 'wss' : 'ws'}://127.0.0.1:${port}/stream/webrtc`,
    sessions,
    openSessions: () => sockets.clients.size,
    async stop() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function sessionOf(ws: WebSocket, headers: IncomingHttpHeaders): ScriptedSession {
  const received = new Mailbox<Uv4lFrame>()
  ws.on('message', (data) => received.put(JSON.parse(String(data))))
  return {
    headers,
    received,
    closed: new Promise((resolve) => ws.once('close', resolve)),
    send: (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    sendBinary: (bytes) => ws.send(bytes),
    close: () => ws.close(1000),
    pinged: new Promise((resolve) => ws.once('ping', resolve)),
    hang: () => ws.pause(),
  }
}
