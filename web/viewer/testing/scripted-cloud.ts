import type { Credential } from '../../../protocol/credentials.ts'
import type { FromViewer, ToViewer } from '../../../protocol/directions.ts'
import { parseFromViewer } from '../../../protocol/frame.ts'
import type { OpenSocket, SocketEvents } from '../link/link-session.ts'

/** The far end of one socket. */
interface ScriptedSocket {
  /** All that arrived on it, in order. */
  readonly received: readonly FromViewer[]
  /** Whether either end has closed it. */
  readonly closed: boolean
  accept(): void
  say(...messages: readonly ToViewer[]): void
  /** As a gateway or a network does. */
  close(): void
  /** From now on nothing arrives at either end, ever. */
  die(): void
}

export interface ScriptedCloud {
  readonly openSocket: OpenSocket
  /** All that arrived, in order; what a dropped line took is not there. */
  readonly received: readonly FromViewer[]
  /** Of one type. */
  of<Type extends FromViewer['type']>(type: Type): Extract<FromViewer, { type: Type }>[]
  /** All that were asked for, in order. */
  readonly sockets: readonly ScriptedSocket[]
  /** How many that is. */
  readonly opened: number
  /** What the newest socket showed of the viewer. */
  readonly shown: Credential | null
  /** Lets the newest socket open. */
  accept(): void
  /** Answers whatever was said with what the script gives, from now on. */
  script(reply: (message: FromViewer) => readonly ToViewer[]): void
  /** On the newest socket that is not closed. */
  say(...messages: readonly ToViewer[]): void
  sayText(text: string): void
  /** While paused nothing arrives at either end; `resume` delivers it, in order. */
  pause(): void
  resume(): void
  /** While dropping nothing arrives, ever. */
  drop(dropping: boolean): void
  /** Ends the newest socket that is not closed. */
  close(): void
}

interface Held extends ScriptedSocket {
  readonly events: SocketEvents
  readonly carry: (deliver: () => void) => void
}

/** The far end of a linked pair: what one end sends the other gets, unless the line is paused or drops it. */
export function scriptedCloud(): ScriptedCloud {
  const received: FromViewer[] = []
  const held: (() => void)[] = []
  const sockets: Held[] = []
  let line: 'open' | 'paused' | 'dropping' = 'open'
  let reply: (message: FromViewer) => readonly ToViewer[] = () => []
  let shown: Credential | null = null

  const newest = () => sockets.findLast(({ closed }) => !closed)

  function sayText(text: string): void {
    const socket = newest()
    socket?.carry(() => socket.events.message(text))
  }

  return {
    openSocket(credential, events) {
      shown = credential
      const arrived: FromViewer[] = []
      let state: 'open' | 'closed' | 'dead' = 'open'
      function carry(deliver: () => void): void {
        if (state === 'dead') return
        if (line === 'open') deliver()
        else if (line === 'paused') held.push(deliver)
      }
      const say = (message: ToViewer) => carry(() => events.message(JSON.stringify(message)))
      function take(text: string): void {
        const parsed = parseFromViewer(text)
        if (!parsed.ok) throw new Error(`the viewer sent what it may not: ${parsed.error.detail}`)
        received.push(parsed.message)
        arrived.push(parsed.message)
        for (const answer of reply(parsed.message)) say(answer)
      }
      sockets.push({
        received: arrived,
        get closed() {
          return state === 'closed'
        },
        accept: () => events.opened(),
        say: (...messages) => messages.forEach(say),
        close() {
          if (state === 'closed') return
          state = 'closed'
          events.closed()
        },
        die() {
          state = 'dead'
        },
        events,
        carry,
      })
      return {
        send: (text) => carry(() => take(text)),
        close() {
          state = 'closed'
        },
      }
    },
    received,
    of: <Type extends FromViewer['type']>(type: Type) =>
      received.filter((message): message is Extract<FromViewer, { type: Type }> => message.type === type),
    sockets,
    get opened() {
      return sockets.length
    },
    get shown() {
      return shown
    },
    accept: () => newest()?.accept(),
    script(next) {
      reply = next
    },
    say(...messages) {
      for (const message of messages) sayText(JSON.stringify(message))
    },
    sayText,
    pause() {
      line = 'paused'
    },
    resume() {
      line = 'open'
      for (const deliver of held.splice(0)) deliver()
    },
    drop(dropping) {
      line = dropping ? 'dropping' : 'open'
    },
    close: () => newest()?.close(),
  }
}
