import type { Credential } from '../../protocol/credentials.ts'
import { assertNever } from './assert-never.ts'
import { backoffMs } from './backoff.ts'
import type { CredentialSource } from './credential.ts'
import { Lifecycle } from './lifecycle.ts'
import { type LinkEffect, type LinkEvent, type LinkState, type LinkTimer, stepLink } from './step-link.ts'
import { type Clock, Timers } from './timers.ts'

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
  readonly hello: () => string
  readonly message: (text: string) => void
  readonly changed: (state: LinkState, before: LinkState) => void
}

/** Performs what the link decides. Events of a socket that was replaced are not heard. */
export class LinkSession {
  readonly #ports: LinkSessionPorts
  readonly #timers: Timers<LinkTimer>
  readonly #lifecycle: Lifecycle<LinkState, LinkEvent, LinkEffect>
  #socket: Socket | null = null
  /** How often a credential was asked for: only the last answer is awaited. */
  #asked = 0

  constructor(ports: LinkSessionPorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, (timer) => this.dispatch({ type: 'timer', timer }))
    this.#lifecycle = new Lifecycle<LinkState, LinkEvent, LinkEffect>(
      { phase: 'idle' },
      stepLink,
      (effect) => this.#perform(effect),
      ports.changed,
    )
  }

  get state(): LinkState {
    return this.#lifecycle.state
  }

  dispatch(event: LinkEvent): void {
    this.#lifecycle.dispatch(event)
  }

  send(text: string): void {
    this.#socket?.send(text)
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
      case 'close-socket': {
        const socket = this.#socket
        this.#socket = null
        socket?.close()
        break
      }
      case 'send-hello':
        this.send(this.#ports.hello())
        break
      case 'start-timer':
        this.#timers.start(effect.timer, effect.ms)
        break
      case 'stop-timer':
        this.#timers.stop(effect.timer)
        break
      case 'stop-timers':
        this.#timers.stopAll()
        break
      case 'start-backoff':
        this.#timers.start('retry', backoffMs(effect.attempt, this.#ports.random()))
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
    const ifCurrent = (act: () => void) => () => {
      if (this.#socket === socket) act()
    }
    const socket = this.#ports.openSocket(credential, {
      opened: ifCurrent(() => this.dispatch({ type: 'opened' })),
      message: (text) => ifCurrent(() => this.#ports.message(text))(),
      closed: ifCurrent(() => this.dispatch({ type: 'closed' })),
    })
    this.#socket = socket
  }
}
