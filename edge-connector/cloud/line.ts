import WebSocket from 'ws'
import { subprotocolsFor } from '../../protocol/credentials.ts'
import { MAX_FRAME_BYTES } from '../../protocol/frame.ts'
import { systemClock } from '../clock/clock.ts'
import { describeFailure } from './describe-failure.ts'
import type { LineEvent } from './link-state.ts'
import { createSharedLookup } from './shared-lookup.ts'

/** What becomes of one socket. */
export type SocketEvent = Extract<LineEvent, { type: 'reached' | 'opened' | 'refused' | 'lost' | 'pong' }>

export interface LinePorts {
  readonly url: string
  /** The device's credential for one connection. */
  readonly token: string
  readonly heard: (frame: string) => void
  readonly became: (event: SocketEvent) => void
}

const lookup = createSharedLookup(systemClock)

/** One socket to the cloud. */
export class Line {
  readonly #socket: WebSocket
  readonly gone: Promise<void>

  constructor({ url, token, heard, became }: LinePorts) {
    let reached = false
    const socket = new WebSocket(url, subprotocolsFor({ kind: 'device', token }), {
      perMessageDeflate: false,
      maxPayload: 4 * MAX_FRAME_BYTES,
      lookup,
      finishRequest(request) {
        request.once('socket', (tcp) =>
          tcp.once('connect', () => {
            reached = true
            became({ type: 'reached' })
          }),
        )
        request.end()
      },
    })
    this.#socket = socket
    this.gone = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('open', () => became({ type: 'opened' }))
    socket.on('pong', () => became({ type: 'pong' }))
    socket.on('message', (data, isBinary) => {
      if (!isBinary) heard(String(data))
    })
    socket.on('unexpected-response', (_request, response) =>
      became({ type: 'refused', status: response.statusCode ?? 0 }),
    )
    socket.on('error', (error) => became({ type: 'lost', reason: describeFailure(error), reached }))
    socket.on('close', (code, reason) => {
      const why = `${code} ${String(reason)}`.trim()
      became({ type: 'lost', reason: `the cloud closed the connection (${why})`, reached })
    })
  }

  /** A closing socket drops it: viewers repeat what opens a call, and the outbox keeps what ends one. */
  say(frame: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame)
  }

  ping(): void {
    this.#socket.ping()
  }

  close(): void {
    this.#socket.close(1000)
  }

  drop(): void {
    this.#socket.terminate()
  }
}
