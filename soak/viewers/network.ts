import { WebSocket } from 'ws'
import { subprotocolsFor } from '../../protocol/credentials.ts'
import type { OpenSocket } from '../../web/viewer/link/link-session.ts'

/** What of one viewer needs the network: it can be taken away. */
export class Network {
  readonly #cuts = new Set<() => void>()
  readonly #news = new Set<() => void>()
  #up = true

  get up(): boolean {
    return this.#up
  }

  /** Everything that runs over it is dead, and nobody here is told. */
  lose(): void {
    this.#up = false
    for (const cut of [...this.#cuts]) cut()
    this.#cuts.clear()
  }

  /** Who lost something is told now. */
  find(): void {
    this.#up = true
    const news = [...this.#news]
    this.#news.clear()
    for (const tell of news) tell()
  }

  /** `cut` ends it; returns what forgets it. */
  carry(cut: () => void): () => void {
    this.#cuts.add(cut)
    return () => void this.#cuts.delete(cut)
  }

  /** Who would have been told is gone. */
  forget(): void {
    this.#news.clear()
  }

  whenFound(tell: () => void): void {
    this.#news.add(tell)
  }

  /** Sockets as a browser has them: of one that cannot be opened it says no more than that it is closed. */
  sockets(url: () => string): OpenSocket {
    return (credential, { opened, message, closed }) => {
      if (!this.#up) {
        this.whenFound(closed)
        return { send: () => undefined, close: () => undefined }
      }
      const socket = new WebSocket(url(), subprotocolsFor(credential), { perMessageDeflate: false })
      const forget = this.carry(() => {
        socket.removeAllListeners()
        // Cut off while it is opening, it still says so.
        socket.on('error', () => undefined)
        socket.terminate()
        this.whenFound(closed)
      })
      socket.on('open', opened)
      socket.on('message', (data) => message(String(data)))
      socket.on('error', () => undefined)
      socket.on('close', () => {
        forget()
        closed()
      })
      return {
        send: (text) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(text)
        },
        close: () => socket.close(),
      }
    }
  }
}
