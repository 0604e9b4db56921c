import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const SOURCE = fileURLToPath(new URL('connector-probe.ts', import.meta.url))

/** As plain JavaScript, for a connector runs without the WebAssembly by which Node reads TypeScript. */
export async function bundleProbe(outfile: string): Promise<string> {
  await build({
    entryPoints: [SOURCE],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  })
  return outfile
}
