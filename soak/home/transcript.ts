import { appendFileSync } from 'node:fs'

const KEPT_LINES = 2_000
const LINE_LENGTH = 300

/** What all programs of a run say, in the order in which it was heard. */
export class Transcript {
  readonly #file: string | undefined
  readonly #heard: ((program: string, line: string) => void) | undefined
  readonly #startedAt = performance.now()
  #lines: string[] = []
  #dropped = 0

  /** `file`: keeps all of it there, each line whole. `heard`: is told each line, whole. */
  constructor(file?: string, heard?: (program: string, line: string) => void) {
    this.#file = file
    this.#heard = heard
  }

  note(program: string, line: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1)
    const from = `${seconds.padStart(7)} ${program}: `
    this.#lines.push(`${from}${line.slice(0, LINE_LENGTH)}`)
    if (this.#lines.length > KEPT_LINES) {
      this.#lines.shift()
      this.#dropped += 1
    }
    this.#heard?.(program, line)
    if (this.#file !== undefined) appendFileSync(this.#file, `${from}${line}\n`)
  }

  /** Where it is now. */
  get mark(): number {
    return this.#dropped + this.#lines.length
  }

  /** What came since, at most so many lines of it: the last ones. */
  since(mark: number, count: number): readonly string[] {
    return this.#lines.slice(Math.max(0, mark - this.#dropped)).slice(-count)
  }
}
