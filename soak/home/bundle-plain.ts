import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

/**
 * Programs of the soak as plain JavaScript: in `--lite-mode`, where V8 keeps no compiled code, there is no WebAssembly
 * either, by which Node reads TypeScript.
 */
export async function bundleProbe(outfile: string): Promise<string> {
  return bundlePlain(new URL('connector-probe.ts', import.meta.url), outfile, 'cjs')
}

/** As a module, for a native package in it is one. */
export async function bundleViewers(outfile: string): Promise<string> {
  return bundlePlain(new URL('../viewers/program.ts', import.meta.url), outfile, 'esm')
}

async function bundlePlain(source: URL, outfile: string, format: 'cjs' | 'esm'): Promise<string> {
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    logLevel: 'warning',
    plugins: format === 'esm' ? [packagesFromHere] : [],
  })
  return outfile
}

/** Wherever the bundle lies, the packages are those of this repository. */
const packagesFromHere: Plugin = {
  name: 'packages-from-here',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: import.meta.resolve(path), external: true },
    )
  },
}
