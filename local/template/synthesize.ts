import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { hashInputs } from './inputs-hash.ts'
import { localContext } from './local-context.ts'

export class SynthesisError extends Error {
  override readonly name = 'SynthesisError'
}

export interface SynthesizeOptions {
  /** Holds one folder for each set of inputs: a cloud that runs goes on reading its own. */
  readonly parentFolder: string
  /** Told what takes time. */
  readonly report: (step: string) => void
  /** Where `dist/` is; the project itself unless given. */
  readonly builtIn?: string
}

const PROJECT = resolve(import.meta.dirname, '../..')

const COMPLETE_FILE = 'complete'
const KEPT_MS = 30 * 24 * 60 * 60_000

/**
 * The folder of the synthesized stack, made now unless it was made of the same before. Throws SynthesisError with
 * what the CDK wrote.
 */
export async function synthesize(options: SynthesizeOptions): Promise<string> {
  const { report, builtIn = PROJECT } = options
  const parent = resolve(options.parentFolder)
  const context = localContext(readContext())
  const hash = hashInputs(
    [
      ...['cdk', 'protocol', 'cdk.json', 'package-lock.json'].map((path) => join(PROJECT, path)),
      ...['dist/lambda', 'dist/web'].map((path) => join(builtIn, path)),
    ],
    JSON.stringify([process.version, context]),
  )
  const folder = join(parent, hash.slice(0, 16))
  if (existsSync(join(folder, COMPLETE_FILE))) return folder
  report('synthesizing the cloud')
  removeOld(parent)
  rmSync(folder, { recursive: true, force: true })
  await runApp(folder, context, builtIn)
  // Last, so that a synth that was interrupted is done again.
  writeFileSync(join(folder, COMPLETE_FILE), '')
  return folder
}

function removeOld(parent: string): void {
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name)
    if (Date.now() - statSync(folder).mtimeMs > KEPT_MS) rmSync(folder, { recursive: true })
  }
}

function readContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8')).context
}

/** In a process of its own: the CDK's libraries would otherwise stay in memory for as long as the cloud runs. */
async function runApp(
  outFolder: string,
  context: Readonly<Record<string, unknown>>,
  builtIn: string,
): Promise<void> {
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
