import type { ViewerHangup } from '../../../protocol/hangup.ts'
import type { Clock } from '../timers.ts'

const AGAIN_MS = 1_000
/** A failure of the cloud is heard of within the timeout of its function. */
const DOUBTFUL_MS = 15_000
const MOST_TIMES = 4

interface Said {
  readonly hangup: ViewerHangup
  readonly until: number
  readonly times: number
}

/**
 * Hangups that the cloud may have failed at. It says that it failed, and not always at what; to hang up twice does no
 * harm [R18], and a camera is not to be kept busy for nobody.
 */
export class SaidHangups {
  readonly #clock: Clock
  readonly #send: (hangup: ViewerHangup) => void
  #said: readonly Said[] = []
  #waiting = false

  constructor(clock: Clock, send: (hangup: ViewerHangup) => void) {
    this.#clock = clock
    this.#send = send
  }

  note(hangup: ViewerHangup): void {
    const until = this.#clock.now() + DOUBTFUL_MS
    this.#said = [...this.#doubtful(), { hangup, until, times: 1 }]
  }

  /** The cloud has failed at something. */
  failed(): void {
    if (this.#waiting || this.#doubtful().length === 0) return
    this.#waiting = true
    this.#clock.setTimeout(() => this.#sayAgain(), AGAIN_MS)
  }

  #sayAgain(): void {
    this.#waiting = false
    this.#said = this.#doubtful().map((said) => ({ ...said, times: said.times + 1 }))
    for (const { hangup } of this.#said) this.#send(hangup)
  }

  #doubtful(): readonly Said[] {
    const now = this.#clock.now()
    return this.#said.filter(({ until, times }) => now < until && times < MOST_TIMES)
  }
}
