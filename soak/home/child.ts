import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Transcript } from './transcript.ts'

/** Whoever does not answer for this long is stuck. */
const ANSWER_MS = 15_000
/** Who was asked to end and has not is ended after this. */
const STOP_MS = 6_000

export interface ChildOptions {
  readonly name: string
  /** What Node is started with. */
  readonly args: readonly string[]
  readonly transcript: Transcript
  /** A line that it wrote, as the program that wrote it means it. */
  readonly onLine?: (line: string) => void
  readonly onMessage?: (message: unknown) => void
  /** Whether a line is worth keeping. */
  readonly isNoted?: (line: string) => boolean
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** However this process ends, also where it failed: one that is frozen does not notice by itself. */
const living = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL')
})

/** A program of the run in a process of its own. It ends with this one, for its channel does. */
export class Child {
  readonly exited: Promise<Exit>
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>()
  readonly #name: string
  #exit: Exit | null = null
  #asked = 0

  constructor({ name, args, transcript, onLine, onMessage, isNoted = () => true }: ChildOptions) {
    this.#name = name
    const child = spawn(process.execPath, [...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a group of its own: Ctrl-C is for this process, which then stops them in order.
      detached: true,
    })
    this.#process = child
    living.add(child)
    const { stdout, stderr } = child
    if (stdout === null || stderr === null) throw new Error('a program without its pipes')
    createInterface({ input: stdout }).on('line', (line) => {
      onLine?.(line)
      if (isNoted(line)) transcript.note(name, line)
    })
    createInterface({ input: stderr }).on('line', (line) => {
      if (isNoted(line)) transcript.note(name, line)
    })
    child.on('message', (message) => {
      if (!this.#takeAnswer(message)) onMessage?.(message)
    })
    this.exited = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        living.delete(child)
        transcript.note(name, `ended (${signal ?? code})`)
        this.#exit = { code, signal }
        const error = new Error(`${name} ended (${signal ?? code})`)
        for (const { reject } of this.#waiting.values()) reject(error)
        this.#waiting.clear()
        resolve(this.#exit)
      }),
    )
  }

  get running(): boolean {
    return this.#exit === null
  }

  /** Asks a program that answers `{ id, answer }`. */
  ask<Answer>(ask: object): Promise<Answer> {
    this.#asked += 1
    const id = this.#asked
    return new Promise<Answer>((resolve, reject) => {
      const late = () => this.#waiting.delete(id) && reject(new Error(`${this.#name} does not answer`))
      const timer = setTimeout(late, ANSWER_MS)
      const settle = <Value>(act: (value: Value) => void) => {
        return (value: Value) => {
          clearTimeout(timer)
          act(value)
        }
      }
      this.#waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
      this.send({ id, ask })
    })
  }

  send(message: object | string): void {
    // Who has just ended has nobody who listens; that it ended is told elsewhere.
    if (this.#process.connected) this.#process.send(message, () => {})
  }

  signal(signal: NodeJS.Signals): void {
    if (this.running) this.#process.kill(signal)
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.exited
  }

  /** Asks it to end. One that is frozen has to be woken for that. */
  async stop(): Promise<Exit> {
    this.signal('SIGTERM')
    this.signal('SIGCONT')
    const impatience = setTimeout(() => this.signal('SIGKILL'), STOP_MS)
    const exit = await this.exited
    clearTimeout(impatience)
    return exit
  }

  #takeAnswer(message: unknown): boolean {
    if (typeof message !== 'object' || message === null || !('id' in message)) return false
    const waiting = this.#waiting.get(Number(message.id))
    if (waiting === undefined) return false
    this.#waiting.delete(Number(message.id))
    if ('error' in message) waiting.reject(new Error(`${this.#name}: ${String(message.error)}`))
    else if ('answer' in message) waiting.resolve(message.answer as never)
    return true
  }
}
