import type { Credential } from '../../../protocol/credentials.ts'
import { assertNever } from '../assert-never.ts'
import { Lifecycle } from '../lifecycle.ts'
import { type Clock, Timers } from '../timers.ts'
import { backoffMs } from './backoff.ts'
import type { CredentialSource } from './credential.ts'
import {
  IDLE_LINK,
  type Link,
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type LinkTimer,
  type SocketRole,
} from './link-state.ts'
import { stepLink } from './step-link.ts'

export interface Socket {
  send(text: string): void
  close(): void
}

export interface SocketEvents {
  readonly opened: () => void
  readonly message: (text: string) => void
  /** Also of one that never opened. */
  readonly closed: () => void
}

/** Reports later, never before it returns. */
export type OpenSocket = (credential: Credential, events: SocketEvents) => Socket

export interface LinkSessionPorts {
  readonly openSocket: OpenSocket
  readonly credentials: CredentialSource
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly hello: string
  readonly message: (text: string, on: SocketRole) => void
  readonly changed: (state: LinkState, before: LinkState) => void
  /** Up as before, but over another connection. */
  readonly moved: () => void
}

/** Performs what the link decides. Of a socket that is none of its roles any more nothing is heard. */
export class LinkSession {
  readonly #ports: LinkSessionPorts
  readonly #timers: Timers<LinkTimer>
  readonly #lifecycle: Lifecycle<Link, LinkEvent, LinkEffect>
  readonly #sockets = new Map<SocketRole, Socket>()
  /** How often a credential was asked for: only the last answer is awaited. */
  #asked = 0

  constructor(ports: LinkSessionPorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, (timer) => this.dispatch({ type: 'timer', timer }))
    this.#lifecycle = new Lifecycle<Link, LinkEvent, LinkEffect>(
      IDLE_LINK,
      (link, event) => stepLink(link, event, ports.clock.now()),
      (effect) => this.#perform(effect),
      (link, before) => {
        if (link.state !== before.state) ports.changed(link.state, before.state)
      },
    )
  }

  get state(): LinkState {
    return this.#lifecycle.state.state
  }

  dispatch(event: LinkEvent): void {
    this.#lifecycle.dispatch(event)
  }

  send(text: string): void {
    this.#sockets.get('current')?.send(text)
  }

  #perform(effect: LinkEffect): void {
    switch (effect.type) {
      case 'get-credential':
        this.#getCredential(effect.renew)
        break
      case 'credential-refused':
        this.#ports.credentials.refused(effect.code)
        break
      case 'open-socket':
        this.#openSocket(effect.credential)
        break
      case 'close-socket':
        this.#assign(effect.on, undefined)
        break
      case 'promote':
        this.#promote()
        break
      case 'tell-moved':
        this.#ports.moved()
        break
      case 'send-hello':
        this.#sockets.get(effect.on)?.send(this.#ports.hello)
        break
      case 'start-timer':
        this.#timers.start(effect.timer, effect.ms)
        break
      case 'start-backoff':
        this.#timers.start(effect.timer, backoffMs(effect.attempt, this.#ports.random(), effect.longestMs))
        break
      case 'stop-timer':
        this.#timers.stop(effect.timer)
        break
      case 'stop-timers':
        this.#timers.stopAll()
        break
      default:
        assertNever(effect)
    }
  }

  #getCredential(renew: boolean): void {
    this.#asked += 1
    const asked = this.#asked
    this.#ports.credentials.get(renew, (answer) => {
      if (this.#asked === asked) this.dispatch({ type: 'credential', answer })
    })
  }

  #openSocket(credential: Credential): void {
    const socket = this.#ports.openSocket(credential, {
      opened: () => this.#hear(socket, (on) => this.dispatch({ type: 'opened', on })),
      message: (text) => this.#hear(socket, (on) => this.#ports.message(text, on)),
      closed: () => this.#hear(socket, (on) => this.dispatch({ type: 'closed', on })),
    })
    this.#assign('next', socket)
  }

  #hear(socket: Socket, act: (on: SocketRole) => void): void {
    const held = [...this.#sockets].find(([, holder]) => holder === socket)
    if (held !== undefined) act(held[0])
  }

  #promote(): void {
    const current = this.#sockets.get('current')
    const next = this.#sockets.get('next')
    this.#sockets.delete('current')
    this.#sockets.delete('next')
    this.#assign('old', current)
    this.#assign('current', next)
  }

  /** Whichever socket had the role is closed. */
  #assign(role: SocketRole, socket: Socket | undefined): void {
    const before = this.#sockets.get(role)
    if (socket === undefined) this.#sockets.delete(role)
    else this.#sockets.set(role, socket)
    before?.close()
  }
}
