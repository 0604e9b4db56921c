import { fileURLToPath } from 'node:url'

/** The web app, into `dist/web`. Whoever does not build does not wait for the bundler to load. */
export async function bundleWeb(): Promise<void> {
  const { build } = await import('vite')
  await build({ configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'warn' })
}
