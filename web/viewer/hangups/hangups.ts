import type { ViewerHangup } from '../../../protocol/hangup.ts'
import type { Clock } from '../timers.ts'
import { KeptHangups } from './kept-hangups.ts'
import { SaidHangups } from './said-hangups.ts'

export interface HangupsPorts {
  readonly clock: Clock
  readonly isUp: () => boolean
  /** Whether what is said now may be lost without a word. */
  readonly isDoubtful: () => boolean
  /** Says nothing while there is no link. */
  readonly send: (hangup: ViewerHangup) => void
}

/** Says that calls are over until that was heard, as far as a page can know. */
export class Hangups {
  readonly #ports: HangupsPorts
  readonly #kept = new KeptHangups()
  readonly #said: SaidHangups

  constructor(ports: HangupsPorts) {
    this.#ports = ports
    this.#said = new SaidHangups(ports.clock, ports.send)
  }

  say(hangup: ViewerHangup): void {
    const isUp = this.#ports.isUp()
    if (!isUp || this.#ports.isDoubtful()) this.#kept.keep(hangup)
    if (!isUp) return
    this.#said.note(hangup)
    this.#ports.send(hangup)
  }

  /** Over a connection that has heard nothing yet. */
  linkUp(): void {
    for (const hangup of this.#kept.take()) this.say(hangup)
  }

  /** The connection has shown that it lives: it has lost nothing. */
  linkProven(): void {
    this.#kept.take()
  }

  /** It does not say at what. */
  cloudFailed(): void {
    this.#said.failed()
  }
}
