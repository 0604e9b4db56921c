import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Clock, ClockTimer } from '../clock.ts'
import {
  type Closing,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  stepConnection,
} from './connection-lifecycle.ts'
import type { AuthorizerContext, ConnectionFacts } from './events.ts'
import { createFrameScanner } from './frame-scanner.ts'
import type { Leg } from './leg.ts'
import { MAX_CLIENT_BACKLOG_BYTES, MAX_FRAME_BYTES } from './limits.ts'

export interface ConnectionOptions {
  readonly facts: ConnectionFacts
  readonly clock: Clock
  readonly toCloud: Leg
  readonly toClient: Leg
  readonly onMessage: (connection: Connection, data: Buffer) => void
  readonly onDisconnected: (connection: Connection, closing: Closing) => void
}

export interface Connection {
  readonly facts: ConnectionFacts
  readonly state: ConnectionState
  /** What waits for a client that does not read. */
  readonly backlogBytes: number
  dispatch(event: ConnectionEvent): void
  accept(authorizer: AuthorizerContext | undefined): void
  /** `raw` is the socket below `socket`, on which frames are measured. */
  attach(socket: WebSocket, raw: Duplex): void
  send(data: Buffer | string): void
  /** Forgets the connection, without a word to anyone. */
  abandon(): void
}

export const ABNORMAL: Closing = { code: 1006, reason: '' }

export function createConnection(options: ConnectionOptions): Connection {
  const { clock, toCloud, toClient, onMessage, onDisconnected } = options
  let facts = options.facts
  let state: ConnectionState = { kind: 'connecting' }
  let socket: WebSocket | undefined
  let timer: ClockTimer | undefined

  const connection: Connection = {
    get facts() {
      return facts
    },
    get state() {
      return state
    },
    get backlogBytes() {
      return socket?.bufferedAmount ?? 0
    },
    dispatch,
    accept(authorizer) {
      if (authorizer) facts = { ...facts, authorizer }
      dispatch({ kind: 'accepted', at: clock.now() })
    },
    attach(opened, raw) {
      socket = opened
      const tooLarge = createFrameScanner(MAX_FRAME_BYTES)
      raw.prependListener('data', (chunk: Buffer) => {
        if (tooLarge(chunk)) toCloud.carry(() => dispatch({ kind: 'too-large' }))
      })
      opened.on('message', (data: Buffer, isBinary) => toCloud.carry(() => receive(data, isBinary), data))
      opened.on('ping', (data) => toCloud.carry(() => toClient.carry(() => pong(opened, data))))
      opened.on('error', (error) => {
        if (isTooLong(error)) toCloud.carry(() => dispatch({ kind: 'too-large' }))
      })
      opened.on('close', (code, reason) => {
        toCloud.carry(() => dispatch({ kind: 'client-gone', closing: closingOf(code, reason.toString()) }))
      })
    },
    send(data) {
      dispatch({ kind: 'message', at: clock.now() })
      // Nobody learns that a client is gone before the socket does.
      toClient.carry(() => socket?.send(data, { binary: false }, () => {}), data)
    },
    abandon() {
      state = { kind: 'closed' }
      if (timer) clock.clearTimeout(timer)
    },
  }

  function dispatch(event: ConnectionEvent) {
    const step = stepConnection(state, event)
    state = step.state
    for (const effect of step.effects) perform(effect)
    if (state.kind === 'closed' && timer) clock.clearTimeout(timer)
  }

  function perform(effect: ConnectionEffect) {
    switch (effect.kind) {
      case 'wake':
        if (timer) clock.clearTimeout(timer)
        timer = clock.setTimeout(
          () => dispatch({ kind: 'timer', at: clock.now() }),
          Math.max(0, effect.at - clock.now()),
        )
        return
      case 'close': {
        const { code, reason } = effect.closing
        toClient.carry(() => socket?.close(code, reason))
        return
      }
      case 'disconnected':
        return onDisconnected(connection, effect.closing)
      default:
        return effect satisfies never
    }
  }

  function receive(data: Buffer, isBinary: boolean) {
    if (state.kind !== 'open') return
    if (isBinary) return dispatch({ kind: 'binary' })
    dispatch({ kind: 'message', at: clock.now() })
    onMessage(connection, data)
  }

  return connection
}

function pong(socket: WebSocket, data: Buffer) {
  // A client that pings and does not read gets no more answers than fit its buffer.
  if (socket.readyState === socket.OPEN && socket.bufferedAmount <= MAX_CLIENT_BACKLOG_BYTES)
    socket.pong(data)
}

function isTooLong(error: Error): boolean {
  return 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
}

function closingOf(code: number, reason: string): Closing {
  return code === 1005 ? { code, reason: 'Client-side close frame status not set' } : { code, reason }
}
