/** Milliseconds; the handle is the platform's own. */
export interface Clock {
  now(): number
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(handle: unknown): void
}

/** Timers by name: starting one again moves it. */
export class Timers<Name extends string> {
  readonly #clock: Clock
  readonly #fired: (name: Name) => void
  readonly #handles = new Map<Name, unknown>()

  constructor(clock: Clock, fired: (name: Name) => void) {
    this.#clock = clock
    this.#fired = fired
  }

  start(name: Name, delayMs: number): void {
    this.stop(name)
    const fire = () => {
      this.#handles.delete(name)
      this.#fired(name)
    }
    this.#handles.set(name, this.#clock.setTimeout(fire, delayMs))
  }

  stop(name: Name): void {
    if (!this.#handles.has(name)) return
    this.#clock.clearTimeout(this.#handles.get(name))
    this.#handles.delete(name)
  }

  stopAll(): void {
    for (const name of [...this.#handles.keys()]) this.stop(name)
  }
}
