import type { ViewerHangup } from '../../../protocol/hangup.ts'

/** A page that hangs up more than that without a link leaves the rest to the host's patience [R22]. */
const MAX_KEPT_HANGUPS = 64

/** Hangups that may have reached nobody, by call: a camera is not to be kept busy for nobody. */
export class KeptHangups {
  readonly #kept = new Map<string, ViewerHangup>()

  keep(hangup: ViewerHangup): void {
    this.#kept.set(hangup.call, hangup)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MAX_KEPT_HANGUPS && oldest !== undefined) this.#kept.delete(oldest)
  }

  /** To be said now. */
  take(): readonly ViewerHangup[] {
    const kept = [...this.#kept.values()]
    this.#kept.clear()
    return kept
  }
}
