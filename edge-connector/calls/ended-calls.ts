import type { Ending } from './call-state.ts'

/** Longer than any message is on its way, and than a viewer goes on retrying. */
const REMEMBER_MS = 10 * 60_000
const REMEMBER_CALLS = 200

/** Calls that are over: their late messages are dropped [R18], and a late `call` is told how it ended. */
export class EndedCalls {
  readonly #endings = new Map<string, { readonly ending: Ending; readonly at: number }>()

  add(ending: Ending, now: number): void {
    this.#endings.delete(ending.call)
    this.#endings.set(ending.call, { ending, at: now })
    // A Map keeps its order of insertion, so the oldest come first.
    for (const [id, { at }] of this.#endings) {
      if (this.#endings.size <= REMEMBER_CALLS && now - at < REMEMBER_MS) break
      this.#endings.delete(id)
    }
  }

  find(call: string, now: number): Ending | undefined {
    const found = this.#endings.get(call)
    return found === undefined || now - found.at >= REMEMBER_MS ? undefined : found.ending
  }
}
