import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readJsonLine } from '../local/programs/json-line.ts'
import { DETOUR } from './detour.ts'
import type { TimeAsk } from './played-time.ts'
import { noteSecret, openTranscript } from './transcripts.ts'

const BUNDLE = new URL('../dist/connector/mihari-connector.cjs', import.meta.url).pathname
const loadFirst = (file: string) => ['--import', new URL(file, import.meta.url).href]

/** What of a connector's surroundings is up to a test. */
export interface Surroundings {
  /** Where it finds the cloud instead of at the port of its address. */
  readonly port?: number
  /** Its time passes as it is asked to. */
  readonly timePlayed?: boolean
}

export interface ConnectorProcess {
  /** What it shows to whoever stands before it while no owner has claimed it. */
  readonly pairingLink: Promise<string>
  /** How many such links it has shown. */
  shownLinks(): number
  /** Resolves when it has written a line that holds this, wherever that is. */
  said(part: string): Promise<void>
  /** Resolves at the next line that holds this, with the time at which that was written. */
  saysNext(part: string): Promise<number>
  /** It ends as when its plug is pulled. */
  kill(): Promise<void>
  /** After that: with the key that it had. */
  startAgain(): void
  /** Where its time is played: lets the hours until its next rollover be over now. */
  rollOver(): Promise<void>
  /** The same: from now on; 1 is as fast as ours. */
  passTime(timesAsFast: number): Promise<void>
  stop(): Promise<number | null>
}

/** A second connector, as it runs on a Pi: the shipped bundle, with a configuration and a key of its own. */
export function spawnConnector(
  configuration: {
    readonly cloud: string
    readonly cameras: Readonly<Record<string, { readonly url: string; readonly maxCalls?: number }>>
  },
  { port, timePlayed = false }: Surroundings = {},
): ConnectorProcess {
  const first = [
    ...(port === undefined ? [] : loadFirst('./detour.ts')),
    ...(timePlayed ? loadFirst('./played-time.ts') : []),
  ]
  const env = { ...process.env, [DETOUR]: `${new URL(configuration.cloud).port}:${port}` }
  const folder = mkdtempSync(join(tmpdir(), 'mihari-connector-'))
  const file = join(folder, 'connector.yaml')
  const data = join(folder, 'data')
  writeFileSync(file, JSON.stringify({ ...configuration, data, healthPort: 'off' }))
  const transcript = openTranscript('connector')
  const link = Promise.withResolvers<string>()
  const lines: string[] = []
  const waiting = new Set<{ readonly part: string; readonly resolve: (line: string) => void }>()
  let program = start()

  function start(): { child: ChildProcess; exited: Promise<number | null> } {
    const child = spawn(process.execPath, [...first, BUNDLE, '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe', ...(timePlayed ? (['ipc'] as const) : [])],
      env,
    })
    const { stdout, stderr } = child
    if (stdout === null || stderr === null) throw new Error('a process without its pipes')
    createInterface({ input: stdout }).on('line', (line) => {
      hear(line)
      if (readJsonLine(line)['level'] !== 'debug') transcript(line)
    })
    createInterface({ input: stderr }).on('line', (line) => {
      hear(line)
      const [found, code] = /https?:\/\/\S+#pair=([\w-]+)\S*/.exec(line) ?? []
      if (found === undefined || code === undefined) return
      noteSecret(code)
      link.resolve(found)
    })
    return { child, exited: new Promise((resolve) => child.once('exit', resolve)) }
  }

  function hear(line: string): void {
    lines.push(line)
    for (const one of waiting) {
      if (!line.includes(one.part)) continue
      waiting.delete(one)
      one.resolve(line)
    }
  }

  function next(part: string): Promise<string> {
    return new Promise((resolve) => waiting.add({ part, resolve }))
  }

  async function ask(what: TimeAsk): Promise<void> {
    const done = once(program.child, 'message')
    program.child.send(what)
    await done
  }

  function end(signal: NodeJS.Signals): Promise<number | null> {
    program.child.kill(signal)
    return program.exited
  }

  return {
    pairingLink: link.promise,
    shownLinks: () => lines.filter((line) => line.includes('#pair=')).length,
    async said(part) {
      if (!lines.some((line) => line.includes(part))) await next(part)
    },
    saysNext: async (part) => Date.parse(String(readJsonLine(await next(part))['time'])),
    async kill() {
      await end('SIGKILL')
    },
    startAgain() {
      program = start()
    },
    rollOver: () => ask({ kind: 'roll-over' }),
    passTime: (timesAsFast) => ask({ kind: 'pass', timesAsFast }),
    async stop() {
      const code = await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}
