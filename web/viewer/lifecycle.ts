export interface Step<State, Effect> {
  readonly state: State
  readonly effects: readonly Effect[]
}

/**
 * Runs a lifecycle: one event at a time, its effects performed before the next, also when performing them brings
 * about further events at once.
 */
export class Lifecycle<State, Event, Effect> {
  #state: State
  readonly #step: (state: State, event: Event) => Step<State, Effect>
  readonly #perform: (effect: Effect) => void
  readonly #changed: (state: State, before: State) => void
  readonly #queue: Event[] = []
  #running = false

  constructor(
    initial: State,
    step: (state: State, event: Event) => Step<State, Effect>,
    perform: (effect: Effect) => void,
    changed: (state: State, before: State) => void,
  ) {
    this.#state = initial
    this.#step = step
    this.#perform = perform
    this.#changed = changed
  }

  get state(): State {
    return this.#state
  }

  dispatch(event: Event): void {
    this.#queue.push(event)
    if (this.#running) return
    this.#running = true
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#take(next)
    } finally {
      this.#running = false
    }
  }

  #take(event: Event): void {
    const before = this.#state
    const { state, effects } = this.#step(before, event)
    this.#state = state
    for (const effect of effects) this.#perform(effect)
    if (state !== before) this.#changed(state, before)
  }
}
