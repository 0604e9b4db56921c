import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CloudLogEntry } from './cloud-log.ts'
import { StartError } from './start-error.ts'

/** What is going on inside, one JSON object per line: what on AWS and on a Pi stands in their own logs. */
export interface LogFile {
  cloud(entry: CloudLogEntry): void
  program(name: string, line: string): void
}

/** Throws a StartError when it cannot be written to. */
export function openLogFile(file: string): LogFile {
  const path = resolve(file)
  const write = (from: string, fields: Readonly<Record<string, unknown>>) =>
    appendFileSync(path, `${JSON.stringify({ from, ...fields })}\n`, { mode: 0o600 })
  try {
    write('npm start', { pid: process.pid })
  } catch (cause) {
    throw new StartError(`${file} cannot be written to. Name another file: npm start -- --log FILE`, {
      cause,
    })
  }
  return {
    cloud(entry) {
      // A mail is for its receiver: its link signs somebody in.
      if (entry.kind === 'mail') write('cloud', { kind: 'mail' })
      else write('cloud', { ...entry })
    },
    program: (name, line) => write(name, { line }),
  }
}
