import { chmodSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const ROOT = new URL('..', import.meta.url)
const CONNECTOR_FILE = fileURLToPath(new URL('dist/connector/mihari-connector.cjs', ROOT))

/** What a client never enters that compresses nothing, listens by `on` and writes no YAML: 17 KB. */
const NEVER_ENTERED: ReadonlyMap<string, string> = new Map([
  ['ws/lib/permessage-deflate.js', 'module.exports = { extensionName: "permessage-deflate" }'],
  ['ws/lib/extension.js', 'module.exports = {}'],
  ['ws/lib/event-target.js', 'module.exports = { EventTarget: {} }'],
  ['yaml/browser/dist/stringify/stringifyDocument.js', 'export const stringifyDocument = undefined'],
  // But for a key that is a list, to say that there is no such setting.
  ['yaml/browser/dist/stringify/stringifyString.js', 'export const stringifyString = ({ value }) => value'],
])
const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onLoad }) {
    for (const [file, contents] of NEVER_ENTERED) {
      onLoad({ filter: new RegExp(`/node_modules/${file.replaceAll('.', '\\.')}$`) }, () => ({ contents }))
    }
  },
}

/** Builds the connector as one file that needs nothing but Node 18; returns its path. */
export async function bundleConnector(outFile: string = CONNECTOR_FILE): Promise<string> {
  const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string }
  await build({
    entryPoints: [fileURLToPath(new URL('edge-connector/main.ts', ROOT))],
    outfile: outFile,
    bundle: true,
    platform: 'node',
    target: 'node18',
    // As a module, Node would read every export of node:http, WebSocket and fetch among them: 14 MB on Node 24.
    format: 'cjs',
    minify: true,
    // A stack trace in somebody's log is all that there is to go by.
    keepNames: true,
    legalComments: 'none',
    define: { MIHARI_VERSION: JSON.stringify(version) },
    // Of both only what a client on Node needs: 24 KB less, and less to read at each start on a slow card.
    alias: {
      yaml: fileURLToPath(new URL('node_modules/yaml/browser/index.js', ROOT)),
      ws: fileURLToPath(new URL('node_modules/ws/lib/websocket.js', ROOT)),
    },
    plugins: [leaveOut],
    // Native speed-ups of ws that need a compiler; it does without.
    external: ['bufferutil', 'utf-8-validate'],
    // Compiled code is most of what a long-running Node keeps: 35 MB after some thousand calls.
    banner: { js: '#!/usr/bin/env -S node --lite-mode' },
    logLevel: 'warning',
  })
  chmodSync(outFile, 0o755)
  return outFile
}

if (import.meta.main) process.stdout.write(`${await bundleConnector(process.argv[2])}\n`)
