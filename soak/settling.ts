import { type Bounds, CLASSES, type Class, longestOf } from './bounds.ts'

/** Right for so many looks: what goes wrong may take a moment to be seen. */
const LOOKS = 4
/** What changes takes this long to be seen at most: a picture that comes back late makes its camera busy then. */
const SEEN_MS = 2_000
/** For how long what is late is still waited for. */
const LATE_MS = 180_000

/** What is wrong, by whose bound it has. */
export type Look = Readonly<Record<Class, readonly string[]>>

/** Goes by the looks after a burst: whether all is right again, and what is not in time. */
export class Settling {
  readonly #bounds: Bounds
  readonly #patience: number
  readonly #rows = new Map<Class, { right: number; settledMs: number }>()
  #right = 0
  #rightMs = 0
  #picturesMs = 0
  #ms = 0
  #last: readonly string[] = []

  constructor(bounds: Bounds, patience: number) {
    this.#bounds = bounds
    this.#patience = patience
  }

  /** Returns what is late: wrong beyond its bound, and not only for a moment after it was right for several looks. */
  look(ms: number, look: Look): readonly string[] {
    this.#ms = ms
    this.#last = CLASSES.flatMap((name) => look[name])
    if (this.#last.length > 0) this.#right = 0
    else {
      if (this.#right === 0) this.#rightMs = Math.round(ms)
      this.#right += 1
    }
    if (look.pictures.length > 0) this.#picturesMs = Math.round(ms)
    return CLASSES.flatMap((name) => this.#late(name, look[name]))
  }

  get isSettled(): boolean {
    return this.#right >= LOOKS
  }

  /** What is still wrong when nobody waits any longer; empty before that. */
  get given(): readonly string[] {
    if (this.isSettled || this.#ms <= longestOf(this.#bounds).ms * this.#patience + LATE_MS) return []
    return [`after ${Math.round(this.#ms / 1000)} s not right for good`, ...this.#last]
  }

  /** Since when all has been right, or how long it has not, and when a picture was last missing. */
  get times(): { readonly ms: number; readonly picturesMs: number } {
    return { ms: this.#right > 0 ? this.#rightMs : Math.round(this.#ms), picturesMs: this.#picturesMs }
  }

  #late(name: Class, problems: readonly string[]): readonly string[] {
    const row = this.#rows.get(name) ?? { right: 0, settledMs: 0 }
    this.#rows.set(name, row)
    row.right = problems.length > 0 ? 0 : row.right + 1
    if (row.right >= LOOKS) row.settledMs = this.#ms
    const { ms, why } = this.#bounds[name]
    const isBeyond = this.#ms > (ms + SEEN_MS) * this.#patience
    if (!isBeyond || this.#ms - row.settledMs <= SEEN_MS * this.#patience) return []
    return problems.map((problem) => `${problem} (${Math.round(this.#ms / 1000)} s later; ${why})`)
  }
}
