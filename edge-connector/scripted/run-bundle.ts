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
  readonly output: () => string
  readonly errors: () => string
  readonly exited: Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

/** `file` may have flags for Node before it. */
export function runBundle(
  file: string | readonly string[],
  args: readonly string[],
  node: string = NODE_18,
): RunningBundle {
  const child = spawn(node, [file, args].flat(), { stdio: ['ignore', 'pipe', 'pipe'] })
  const log = new Mailbox<LogLine>()
  let output = ''
  let errors = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`
    if (line.startsWith('{')) log.put(JSON.parse(line))
  })
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  return {
    pid: child.pid ?? 0,
    log,
    output: () => output,
    errors: () => errors,
    exited: once(child, 'close').then(([code]) => code as number | null),
    kill: (signal) => child.kill(signal),
  }
}
