import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readJsonLine } from '../local/programs/json-line.ts'
import { noteSecret, openTranscript } from './transcripts.ts'

const BUNDLE = new URL('../dist/connector/mihari-connector.cjs', import.meta.url).pathname

export interface ConnectorProcess {
  /** What it shows to whoever stands before it while no owner has claimed it. */
  readonly pairingLink: Promise<string>
  /** How many such links it has shown. */
  shownLinks(): number
  /** Resolves when it has written a line that holds this, wherever that is. */
  said(part: string): Promise<void>
  stop(): Promise<number | null>
}

/** A second connector, as it runs on a Pi: the shipped bundle, with a configuration and a key of its own. */
export function spawnConnector(configuration: {
  readonly cloud: string
  readonly cameras: Readonly<Record<string, { readonly url: string; readonly maxCalls?: number }>>
}): ConnectorProcess {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-connector-'))
  const file = join(folder, 'connector.yaml')
  const data = join(folder, 'data')
  writeFileSync(file, JSON.stringify({ ...configuration, data, healthPort: 'off' }))
  const child = spawn(process.execPath, [BUNDLE, '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  const transcript = openTranscript('connector')
  const link = Promise.withResolvers<string>()
  const lines: string[] = []
  const waiting = new Map<string, () => void>()
  const heard = (line: string): void => {
    lines.push(line)
    for (const [part, resolve] of waiting) if (line.includes(part)) resolve()
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    heard(line)
    if (readJsonLine(line)['level'] !== 'debug') transcript(line)
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    heard(line)
    const [found, code] = /https?:\/\/\S+#pair=([\w-]+)\S*/.exec(line) ?? []
    if (found === undefined || code === undefined) return
    noteSecret(code)
    link.resolve(found)
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    pairingLink: link.promise,
    shownLinks: () => lines.filter((line) => line.includes('#pair=')).length,
    said: (part) =>
      lines.some((line) => line.includes(part))
        ? Promise.resolve()
        : new Promise((resolve) => waiting.set(part, resolve)),
    async stop() {
      child.kill('SIGTERM')
      const code = await exited
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}
