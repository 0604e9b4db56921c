import type { Credential } from '../../../protocol/credentials.ts'
import type { FromViewer, ToViewer } from '../../../protocol/directions.ts'
import { parseFromViewer } from '../../../protocol/frame.ts'
import type { OpenSocket, SocketEvents } from '../link-session.ts'

export interface ScriptedCloud {
  readonly openSocket: OpenSocket
  /** All that arrived, in order; what a dropped line took is not there. */
  readonly received: readonly FromViewer[]
  /** Of one type. */
  of<Type extends FromViewer['type']>(type: Type): Extract<FromViewer, { type: Type }>[]
  /** How often a socket was asked for. */
  readonly opened: number
  /** What the newest socket showed of the viewer. */
  readonly shown: Credential | null
  /** Lets the newest socket open. */
  accept(): void
  /** Answers whatever was said with what the script gives, from now on. */
  script(reply: (message: FromViewer) => readonly ToViewer[]): void
  say(...messages: readonly ToViewer[]): void
  sayText(text: string): void
  /** While paused nothing arrives at either end; `resume` delivers it, in order. */
  pause(): void
  resume(): void
  /** While dropping nothing arrives, ever. */
  drop(dropping: boolean): void
  /** Ends the newest socket, as a gateway or a network does. */
  close(): void
}

/** The far end of a linked pair: what one end sends the other gets, unless the line is paused or drops it. */
export function scriptedCloud(): ScriptedCloud {
  const received: FromViewer[] = []
  const held: (() => void)[] = []
  let line: 'open' | 'paused' | 'dropping' = 'open'
  let reply: (message: FromViewer) => readonly ToViewer[] = () => []
  let current: SocketEvents | null = null
  let opened = 0
  let shown: Credential | null = null

  function carry(deliver: () => void): void {
    if (line === 'open') deliver()
    else if (line === 'paused') held.push(deliver)
  }

  function sayText(text: string): void {
    const socket = current
    carry(() => socket?.message(text))
  }

  function take(text: string): void {
    const parsed = parseFromViewer(text)
    if (!parsed.ok) throw new Error(`the viewer sent what it may not: ${parsed.error.detail}`)
    received.push(parsed.message)
    for (const answer of reply(parsed.message)) sayText(JSON.stringify(answer))
  }

  return {
    openSocket(credential, events) {
      current = events
      shown = credential
      opened += 1
      return {
        send: (text) => carry(() => take(text)),
        close() {
          if (current === events) current = null
        },
      }
    },
    received,
    of: <Type extends FromViewer['type']>(type: Type) =>
      received.filter((message): message is Extract<FromViewer, { type: Type }> => message.type === type),
    get opened() {
      return opened
    },
    get shown() {
      return shown
    },
    accept: () => current?.opened(),
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
    close() {
      const socket = current
      current = null
      socket?.closed()
    },
  }
}
