import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const FUNCTION_FOLDER = fileURLToPath(new URL('../dist/lambda', import.meta.url))

/** Bundles the function with the SDK that it was tested with, instead of whichever the runtime brings. */
export async function bundleFunction(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('./main.ts', import.meta.url))],
    outfile: `${FUNCTION_FOLDER}/index.mjs`,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // Parts of the SDK are CommonJS and call require() for node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    legalComments: 'none',
  })
}

if (import.meta.main) await bundleFunction()
