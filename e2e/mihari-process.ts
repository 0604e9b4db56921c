import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = new URL('../local/main.ts', import.meta.url).pathname

export interface MihariProcess {
  readonly url: string
  /** Every line that it wrote so far, as the objects that they are. */
  readonly events: readonly Record<string, unknown>[]
  stop(): Promise<number | null>
}

/** `npm start` as a person runs it, on a free port and in a folder of its own. */
export async function spawnMihari(
  flags: readonly string[] = [],
  dataFolder?: string,
): Promise<MihariProcess> {
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'mihari-e2e-'))
  const child = spawn(process.execPath, [MAIN, '--json', '--port', '0', '--data', folder, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const events: Record<string, unknown>[] = []
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line) as Record<string, unknown>
      events.push(event)
      if (event['event'] === 'ready') resolve(String(event['url']))
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${JSON.stringify(events)}`)))
  })
  return {
    url,
    events,
    async stop() {
      const code = await end(child)
      if (dataFolder === undefined) rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
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
