import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Mailbox } from './mailbox.ts'

/** What Raspberry Pi OS bookworm ships. */
export const NODE_18 = fileURLToPath(new URL('../pi-node/node_modules/node/bin/node', import.meta.url))

interface LogLine {
  readonly level: string
  readonly event: string
  readonly message: string
  readonly [field: string]: unknown
}

export interface RunningBundle {
  readonly pid: number
  readonly log: Mailbox<LogLine>
  /** What it tells its parent. */
  readonly messages: Mailbox<unknown>
  readonly output: () => string
  readonly errors: () => string
  /** Each line of that. */
  readonly errorLines: Mailbox<string>
  readonly exited: Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

/** `file` may have flags for Node before it. */
export function runBundle(
  file: string | readonly string[],
  args: readonly string[],
  { node = NODE_18, env = {} }: { readonly node?: string; readonly env?: NodeJS.ProcessEnv } = {},
): RunningBundle {
  const child = spawn(node, [file, args].flat(), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  })
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('a program without its pipes')
  const log = new Mailbox<LogLine>()
  const messages = new Mailbox<unknown>()
  child.on('message', (message) => messages.put(message))
  let output = ''
  let errors = ''
  createInterface({ input: stdout }).on('line', (line) => {
    output += `${line}\n`
    if (line.startsWith('{')) log.put(JSON.parse(line))
  })
  const errorLines = new Mailbox<string>()
  createInterface({ input: stderr }).on('line', (line) => {
    errors += `${line}\n`
    errorLines.put(line)
  })
  return {
    pid: child.pid ?? 0,
    log,
    messages,
    output: () => output,
    errors: () => errors,
    errorLines,
    exited: once(child, 'close').then(([code]) => code as number | null),
    kill: (signal) => child.kill(signal),
  }
}
