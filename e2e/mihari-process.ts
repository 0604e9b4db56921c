import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Fault } from '../local/faults/fault.ts'
import { remoteFaults } from '../local/faults/remote-faults.ts'
import { type SignedIn, signIn } from '../local/identity/sign-in-client.ts'
import { noteSecret, openTranscript, transcriptFile } from './transcripts.ts'

const MAIN = new URL('../local/main.ts', import.meta.url).pathname
const MAIN_WITH_FAULTS = new URL('../local/faults/main.ts', import.meta.url).pathname

export interface MihariProcess {
  readonly url: string
  /** Signs the owner in; opened once or often. */
  readonly signInLink: string
  /** Every line that it wrote so far, as the objects that they are. */
  readonly events: readonly Record<string, unknown>[]
  /** The link of the newest invitation, by address. */
  readonly mails: ReadonlyMap<string, string>
  /** The owner, without a browser. */
  signIn(): Promise<SignedIn>
  /** Of one that was started with `faults`. */
  inject(fault: Fault): Promise<unknown>
  stop(): Promise<number | null>
}

/** `npm start` as a person runs it, on a free port and in a folder of its own, with a log of what goes on inside. */
export async function spawnMihari(
  flags: readonly string[] = [],
  {
    dataFolder,
    nodeOptions = '',
    faults = false,
  }: { readonly dataFolder?: string; readonly nodeOptions?: string; readonly faults?: boolean } = {},
): Promise<MihariProcess> {
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'mihari-e2e-'))
  const own = ['--json', '--port', '0', '--data', folder, '--log', transcriptFile('inside')]
  const child = spawn(process.execPath, [faults ? MAIN_WITH_FAULTS : MAIN, ...own, ...flags], {
    stdio: faults ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${nodeOptions}` },
  })
  const transcript = openTranscript('npm-start')
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('a process without its pipes')
  createInterface({ input: stderr }).on('line', (line) => {
    transcript(line)
    process.stderr.write(`${line}\n`)
  })
  const events: Record<string, unknown>[] = []
  const mails = new Map<string, string>()
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const event = JSON.parse(line) as Record<string, unknown>
      events.push(event)
      transcript(JSON.stringify(withoutWordsForTheOwner(event)))
      if (event['event'] === 'mail') mails.set(String(event['to']), String(event['link']))
      if (event['event'] === 'ready') resolve(event)
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${JSON.stringify(events)}`)))
  })
  const remote = remoteFaults(child)
  const url = String(ready['url'])
  const signInLink = String(ready['signIn'])
  noteSecret(new URL(signInLink).hash.slice(1))
  return {
    url,
    signInLink,
    events,
    mails,
    inject: (fault) => remote.inject(fault),
    async signIn() {
      const signedIn = await signIn(url, signInLink)
      noteSecret(signedIn.idToken)
      noteSecret(signedIn.refreshToken)
      return signedIn
    },
    async stop() {
      const code = await end(child)
      if (dataFolder === undefined) rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}

/** The terminal is where the owner gets the sign-in link and the links of invitations: these are no log lines. */
function withoutWordsForTheOwner(event: Record<string, unknown>): Record<string, unknown> {
  const { signIn: _signIn, ...rest } = event
  return event['event'] === 'mail' ? { event: 'mail' } : rest
}

/** Runs it to its end, as with a flag that is wrong. */
export function runMihari(
  flags: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...flags])
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString()
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output })))
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.kill('SIGTERM')
  return exited
}
