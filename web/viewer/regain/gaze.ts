import { type Clock, Timers } from '../timers.ts'

/** Who comes back sooner finds the picture as it was. */
const AWAY_MS = 60_000

interface GazePorts {
  readonly clock: Clock
  readonly changed: (looked: boolean) => void
}

/**
 * Whether somebody looks at the page, or did a moment ago. A page in the background, whose timers may come late or
 * never, goes by the clock as well.
 */
export class Gaze {
  readonly #ports: GazePorts
  readonly #timers: Timers<'away'>
  #hiddenAt: number | null = null
  #looked = true

  constructor(ports: GazePorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, () => this.#say(false))
  }

  /** Also shows that nothing has changed. A picture in a window of its own is seen. */
  seen(visible: boolean): void {
    if (visible) this.#look()
    else if (this.#hiddenAt === null) {
      this.#hiddenAt = this.#ports.clock.now()
      this.#timers.start('away', AWAY_MS)
    }
  }

  #look(): void {
    const hiddenAt = this.#hiddenAt
    this.#hiddenAt = null
    this.#timers.stopAll()
    // The page was frozen before it could let go of its cameras: what it still shows is over.
    if (hiddenAt !== null && this.#ports.clock.now() - hiddenAt >= AWAY_MS) this.#say(false)
    this.#say(true)
  }

  #say(looked: boolean): void {
    if (looked === this.#looked) return
    this.#looked = looked
    this.#ports.changed(looked)
  }
}
