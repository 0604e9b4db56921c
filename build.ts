import { fileURLToPath } from 'node:url'
import { bundleConnector } from './edge-connector/bundle.ts'
import { bundleFunction } from './lambdas/bundle.ts'

export const WEB_CONFIG = fileURLToPath(new URL('./web/vite.config.ts', import.meta.url))

/** Everything that is deployed, into `dist/`: the function, the connector's one file, the web app. */
export async function build(): Promise<void> {
  await Promise.all([bundleFunction(), bundleConnector(), bundleWeb()])
}

async function bundleWeb(): Promise<void> {
  const vite = await import('vite')
  await vite.build({ configFile: WEB_CONFIG, logLevel: 'warn' })
}

if (import.meta.main) await build()
