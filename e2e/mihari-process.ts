import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type SignedIn, signIn } from '../local/identity/sign-in-client.ts'
import { noteSecret, openTranscript, transcriptFile } from './transcripts.ts'

const MAIN = new URL('../local/main.ts', import.meta.url).pathname

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
  stop(): Promise<number | null>
}

/** `npm start` as a person runs it, on a free port and in a folder of its own, with a log of what goes on inside. */
export async function spawnMihari(
  flags: readonly string[] = [],
  { dataFolder, nodeOptions = '' }: { readonly dataFolder?: string; readonly nodeOptions?: string } = {},
): Promise<MihariProcess> {
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'mihari-e2e-'))
  const own = ['--json', '--port', '0', '--data', folder, '--log', transcriptFile('inside')]
  const child = spawn(process.execPath, [MAIN, ...own, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${nodeOptions}` },
  })
  const transcript = openTranscript('npm-start')
  createInterface({ input: child.stderr }).on('line', (line) => {
    transcript(line)
    process.stderr.write(`${line}\n`)
  })
  const events: Record<string, unknown>[] = []
  const mails = new Map<string, string>()
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line) as Record<string, unknown>
      events.push(event)
      transcript(JSON.stringify(withoutWordsForTheOwner(event)))
      if (event['event'] === 'mail') mails.set(String(event['to']), String(event['link']))
      if (event['event'] === 'ready') resolve(event)
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${JSON.stringify(events)}`)))
  })
  const url = String(ready['url'])
  const signInLink = String(ready['signIn'])
  noteSecret(new URL(signInLink).hash.slice(1))
  return {
    url,
    signInLink,
    events,
    mails,
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
