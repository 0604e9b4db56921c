import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { hashInputs } from './inputs-hash.ts'

export class SynthesisError extends Error {
  override readonly name = 'SynthesisError'
}

export interface SynthesizeOptions {
  /** Becomes the synth's output and nothing else: what is in it is deleted. */
  readonly outFolder: string
  /** Told what takes time. */
  readonly report: (step: string) => void
  /** Where `dist/` is; the project itself unless given. */
  readonly builtIn?: string
}

const PROJECT = resolve(import.meta.dirname, '../..')

/** On one machine, or one network, peers find each other without help. */
const LOCAL_CONTEXT = { iceServers: '[]' }

const HASH_FILE = 'inputs.sha256'

/**
 * Synthesizes the stack into `outFolder`, unless what it is made of is what it was made of the last time. Throws
 * SynthesisError with what the CDK wrote.
 */
export async function synthesize({ outFolder, report, builtIn = PROJECT }: SynthesizeOptions): Promise<void> {
  const folder = resolve(outFolder)
  const context = { ...readContext(), ...LOCAL_CONTEXT }
  const hash = hashInputs(
    [
      ...['cdk', 'cdk.json', 'package-lock.json'].map((path) => join(PROJECT, path)),
      ...['dist/lambda', 'dist/web'].map((path) => join(builtIn, path)),
    ],
    JSON.stringify([process.version, context]),
  )
  if (hash === lastHash(folder)) return
  report('synthesizing the cloud')
  rmSync(folder, { recursive: true, force: true })
  await runApp(folder, context, builtIn)
  // Last, so that a synth that was interrupted is done again.
  writeFileSync(join(folder, HASH_FILE), hash)
}

function readContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8')).context
}

function lastHash(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, HASH_FILE), 'utf8')
  } catch {
    // Never synthesized, or not to its end.
    return undefined
  }
}

/** In a process of its own: the CDK's libraries would otherwise stay in memory for as long as the cloud runs. */
async function runApp(outFolder: string, context: Record<string, unknown>, builtIn: string): Promise<void> {
  const child = spawn(process.execPath, [join(PROJECT, 'cdk/app.ts')], {
    cwd: builtIn,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: outFolder,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_VALIDATION: 'false',
    },
  })
  const exit = new Promise<number | null>((resolved, rejected) => {
    child.once('error', rejected)
    child.once('close', resolved)
  })
  const [code, output] = await Promise.all([exit, text(child.stderr)])
  if (code !== 0) throw new SynthesisError(output.trim() || `the synth ended with ${code}`)
}
