import { createServer } from 'node:http'
import type { Server } from 'node:https'
import type { Socket } from 'node:net'

/** First byte of every TLS connection: a handshake record (RFC 8446, section 5.1). No method of HTTP begins so. */
const TLS_HANDSHAKE = 22
/** Who opens a connection has something to say. */
const SILENCE_MS = 10_000

/**
 * Who types the address without a scheme, or with `http:`, is led to the same page by https instead of to a
 * connection that is closed without a word. `origin` is asked when somebody comes. Returns what closes the rest.
 */
export function redirectPlainHttp(server: Server, origin: () => string): () => void {
  const startTls = server.listeners('connection')
  const ours = new Set<Socket>()
  const plain = createServer((request, response) => {
    const path = request.url?.startsWith('/') ? request.url : '/'
    const headers = { Location: `${origin()}${path}`, 'Content-Length': 0, Connection: 'close' }
    response.writeHead(307, headers).end()
  })
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const giveUp = () => void socket.destroy()
    ours.add(socket)
    socket.once('close', () => ours.delete(socket))
    socket.on('error', giveUp)
    socket.setTimeout(SILENCE_MS, giveUp)
    socket.once('readable', () => {
      const first: Buffer | null = socket.read(1)
      // It has ended, or was cut.
      if (first === null) return giveUp()
      socket.unshift(first)
      if (first[0] !== TLS_HANDSHAKE) {
        plain.emit('connection', socket)
        return
      }
      ours.delete(socket)
      socket.off('error', giveUp).setTimeout(0).off('timeout', giveUp)
      for (const start of startTls) start.call(server, socket)
    })
  })
  return () => {
    for (const socket of ours) socket.destroy()
  }
}
