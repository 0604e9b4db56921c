import { readJsonLine } from '../local/programs/json-line.ts'
import { WELCOMED } from './viewers/messages.ts'

/** A line of the log of the cloud's functions, or of the connector's. */
export type LogLine = Readonly<Record<string, unknown>>

/** Hears what all programs say, and lets others wait for it. */
export class RolloverWitness {
  readonly cloud: LogLine[] = []
  readonly connector: LogLine[] = []
  readonly #welcomes = new Map<string, number>()
  readonly #waiting = new Set<() => void>()

  readonly heard = (program: string, line: string): void => {
    if (program === 'cloud') this.cloud.push(readJsonLine(line))
    if (program.startsWith('connector')) this.connector.push(readJsonLine(line))
    if (program === 'viewers' && line.endsWith(WELCOMED)) {
      const [name = ''] = line.split(' ')
      this.#welcomes.set(name, this.welcomes(name) + 1)
    }
    for (const look of [...this.#waiting]) look()
  }

  /** How often this viewer was welcomed on a new connection. */
  welcomes(viewer: string): number {
    return this.#welcomes.get(viewer) ?? 0
  }

  /** How often the next connection of the connector has taken over. */
  takeovers(): number {
    return this.connector.filter(({ event }) => event === 'cloud-next').length
  }

  /** Resolves with the line with which it has become true. */
  until(isTrue: () => boolean, what: string, limitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(look)
      }
      const look = () => {
        if (!isTrue()) return
        done()
        resolve()
      }
      const timer = setTimeout(() => {
        done()
        reject(new Error(`${what}: not within ${limitMs} ms`))
      }, limitMs)
      this.#waiting.add(look)
      look()
    })
  }
}
