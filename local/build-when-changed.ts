import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BUILT_FROM_FILE, build } from '../build.ts'
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

/** Builds what is deployed, unless what it is made of is what it was made of the last time. */
export async function buildWhenChanged(report: (step: string) => void): Promise<void> {
  const hash = hashInputs(
    INPUTS.map((path) => join(PROJECT, path)),
    process.version,
  )
  if (existsSync(BUILT_FROM_FILE) && readFileSync(BUILT_FROM_FILE, 'utf8') === hash) return
  report('building the function, the connector and the web app')
  await build()
  // Last: a build by hand takes it away, because it need not be of what is here when it is looked at again.
  writeFileSync(BUILT_FROM_FILE, hash)
}
