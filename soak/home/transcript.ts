const KEPT_LINES = 400

/** What all programs of a run said last, in the order in which it was heard. */
export class Transcript {
  readonly #lines: string[] = []
  readonly #startedAt = performance.now()

  note(program: string, line: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1)
    this.#lines.push(`${seconds.padStart(7)} ${program}: ${line.slice(0, 300)}`)
    if (this.#lines.length > KEPT_LINES) this.#lines.shift()
  }

  tail(count: number): readonly string[] {
    return this.#lines.slice(-count)
  }
}
