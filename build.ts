import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { bundleConnector } from './edge-connector/bundle.ts'
import { bundleFunction } from './lambdas/bundle.ts'
import { bundleWeb } from './web/bundle.ts'

/** Says of what `dist/` was built, for who builds only when that has changed. */
export const BUILT_FROM_FILE = resolve(import.meta.dirname, 'dist/built-from.sha256')

/** Everything that is deployed, into `dist/`: the function, the connector's one file, the web app. */
export async function build(): Promise<void> {
  rmSync(BUILT_FROM_FILE, { force: true })
  await Promise.all([bundleFunction(), bundleConnector(), bundleWeb()])
}

if (import.meta.main) await build()
