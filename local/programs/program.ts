import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Clock, ClockTimer } from '../clock.ts'
import { restartDelayMs } from './restart-delay.ts'

/** A wrong flag or configuration, or a connector whose key another one uses: starting it again would end the same way. */
const EXITS_FOR_GOOD: readonly (number | null)[] = [2, 3]
/** A program that was asked to end and has not is ended after this. */
const STOP_PATIENCE_MS = 4_000
/** A program that ran this long before it ended did not fail at its start: its delays begin anew. */
const SETTLED_MS = 60_000

/** It cannot be started at all; the message has its last words. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError'
}

export interface ProgramOptions {
  readonly name: string
  /** What Node is started with. Called for every start, so that a restart can keep what the first one got. */
  readonly args: () => readonly string[]
  /** A line that it wrote; true when that says that it is ready. */
  readonly isReady: (line: string) => boolean
  /** Every line of its standard output. */
  readonly onLine?: (line: string) => void
  /** What it sends over the channel that it is started with. */
  readonly onMessage?: (message: unknown) => void
  /** Beside this process's own variables. */
  readonly env?: Readonly<Record<string, string>>
  readonly report: (line: string) => void
  readonly clock: Clock
}

/** What a program says, by its name. */
export type ProgramLog = (program: string, line: string) => void

export interface Program {
  /** Rejects with a ProgramError when it cannot be started at all. */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

/** Runs a program of ours in a process of its own, and starts it again when it ends without being asked to. */
export function runProgram(options: ProgramOptions): Program {
  const { name, args, isReady, onLine, onMessage, env, report, clock } = options
  const ready = Promise.withResolvers<void>()
  let child: ChildProcess | null = null
  let restart: ClockTimer | null = null
  let stopping = false
  let endings = 0

  const start = (): void => {
    const startedAt = clock.now()
    const lastWords: string[] = []
    // The channel tells it when this process is gone, however that came about.
    const started = spawn(process.execPath, [...args()], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // In a group of its own: Ctrl-C is for this process, which then stops them in order.
      detached: true,
      env: { ...process.env, ...env },
    })
    child = started
    const { stdout, stderr } = started
    if (stdout === null || stderr === null) throw new Error('a program without its pipes')
    if (onMessage) started.on('message', onMessage)
    createInterface({ input: stdout }).on('line', (line) => {
      onLine?.(line)
      if (isReady(line)) ready.resolve()
    })
    createInterface({ input: stderr }).on('line', (line) => {
      lastWords.push(line)
      if (lastWords.length > 5) lastWords.shift()
    })
    started.once('close', (code, signal) => {
      child = null
      if (stopping) return
      const words = `${name} ended (${signal ?? code})${lastWords.map((line) => `\n  ${line}`).join('')}`
      if (EXITS_FOR_GOOD.includes(code)) {
        report(words)
        ready.reject(new ProgramError(words))
        return
      }
      endings = clock.now() - startedAt >= SETTLED_MS ? 1 : endings + 1
      const delayMs = restartDelayMs(endings)
      report(`${words}\n  starting it again in ${delayMs / 1000} s`)
      restart = clock.setTimeout(start, delayMs)
    })
  }
  start()

  return {
    ready: ready.promise,
    async stop() {
      stopping = true
      if (restart !== null) clock.clearTimeout(restart)
      if (child !== null) await end(child, clock)
    },
  }
}

async function end(child: ChildProcess, clock: Clock): Promise<void> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.kill('SIGTERM')
  const impatience = clock.setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
  await closed
  clock.clearTimeout(impatience)
}
