import { subprotocolsFor } from '../../protocol/credentials.ts'
import type { OpenSocket } from '../viewer/link/link-session.ts'

/** Sockets as the browser makes them. It says of a refused handshake no more than that it is closed. */
export function webSocketTo(url: string): OpenSocket {
  return (credential, events) => {
    const socket = new WebSocket(url, subprotocolsFor(credential))
    socket.addEventListener('open', events.opened)
    socket.addEventListener('close', events.closed)
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') events.message(data)
    })
    return { send: (text) => socket.send(text), close: () => socket.close() }
  }
}
