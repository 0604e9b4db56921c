import type { ViewerHangup } from '../../protocol/hangup.ts'
import type { Clock } from './timers.ts'

/** What comes from the cloud so long after a hangup shows that the connection has not died under it. */
export const PROVEN_MS = 5_000
/** A failure of the cloud is heard of within the timeout of its function. */
const DOUBTFUL_MS = 15_000
const AGAIN_MS = 1_000
const MOST_TIMES = 4
/** A page that hangs up more than that without a link leaves the rest to the host's patience [R22]. */
const MOST_KEPT = 64

interface HangupsPorts {
  readonly clock: Clock
  readonly isUp: () => boolean
  readonly send: (hangup: ViewerHangup) => void
  /** What is in doubt may be other now. */
  readonly changed: () => void
}

interface Kept {
  readonly hangup: ViewerHangup
  /** When it was said last; null: there was no link. */
  readonly at: number | null
  /** How often over this connection. */
  readonly times: number
}

/**
 * Says that calls are over until that was heard, as far as a page can know: nobody says that a hangup has come. To hang
 * up twice does no harm [R18], and a camera is not to be kept busy for nobody.
 */
export class Hangups {
  readonly #ports: HangupsPorts
  #kept: readonly Kept[] = []
  /** When the connection has last shown that it lives. */
  #heardAt = 0
  #isFailing = false

  constructor(ports: HangupsPorts) {
    this.#ports = ports
  }

  /** What nobody may have heard, the newest last. */
  get inDoubt(): readonly ViewerHangup[] {
    return this.#kept.map(({ hangup }) => hangup)
  }

  say(hangup: ViewerHangup): void {
    const isUp = this.#ports.isUp()
    const kept: Kept = isUp
      ? { hangup, at: this.#ports.clock.now(), times: 1 }
      : { hangup, at: null, times: 0 }
    const others = this.#kept.filter((one) => one.hangup.call !== hangup.call)
    this.#keep([...others, kept].slice(-MOST_KEPT))
    if (isUp) this.#ports.send(hangup)
  }

  /** Anything, over the connection that speaks. */
  heard(): void {
    this.#heardAt = this.#ports.clock.now()
    const inDoubt = this.#kept.filter((one) => this.#isUnheard(one) || this.#mayHaveFailed(one))
    if (inDoubt.length < this.#kept.length) this.#keep(inDoubt)
  }

  /** Over a connection that has heard nothing yet. */
  linkUp(): void {
    for (const { hangup } of this.#kept.filter((one) => this.#isUnheard(one))) this.say(hangup)
  }

  /** It does not say at what. */
  cloudFailed(): void {
    if (this.#isFailing || !this.#kept.some((one) => this.#mayHaveFailed(one))) return
    this.#isFailing = true
    this.#ports.clock.setTimeout(() => this.#sayAgain(), AGAIN_MS)
  }

  #sayAgain(): void {
    this.#isFailing = false
    if (!this.#ports.isUp()) return
    const again = this.#kept.filter((one) => this.#mayHaveFailed(one))
    const now = this.#ports.clock.now()
    this.#kept = this.#kept.map((one) =>
      again.includes(one) ? { ...one, at: now, times: one.times + 1 } : one,
    )
    for (const { hangup } of again) this.#ports.send(hangup)
  }

  #keep(kept: readonly Kept[]): void {
    this.#kept = kept
    this.#ports.changed()
  }

  #isUnheard({ at }: Kept): boolean {
    return at === null || this.#heardAt - at < PROVEN_MS
  }

  #mayHaveFailed({ at, times }: Kept): boolean {
    return at !== null && this.#ports.clock.now() - at < DOUBTFUL_MS && times < MOST_TIMES
  }
}
