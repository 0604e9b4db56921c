import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { hashInputs } from './template/inputs-hash.ts'

const PROJECT = resolve(import.meta.dirname, '..')
const INPUTS = [
  'protocol',
  'lambdas',
  'edge-connector',
  'web',
  'build.ts',
  'package-lock.json',
  'package.json',
]
const HASH_FILE = join(PROJECT, 'dist/inputs.sha256')

/** Builds what is deployed, unless what it is made of is what it was made of the last time. */
export async function buildWhenChanged(report: (step: string) => void): Promise<void> {
  const hash = hashInputs(
    INPUTS.map((path) => join(PROJECT, path)),
    process.version,
  )
  if (existsSync(HASH_FILE) && readFileSync(HASH_FILE, 'utf8') === hash) return
  report('building the function, the connector and the web app')
  const { build } = await import('../build.ts')
  await build()
  writeFileSync(HASH_FILE, hash)
}
