import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder with a `dist/` as the build leaves it, small: for tests, which build nothing. The caller deletes it. */
export function writeBuiltFixture(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-built-'))
  const files = {
    'dist/lambda/index.mjs': 'export const handler = async () => ({ statusCode: 200 })\n',
    'dist/web/index.html':
      '<!doctype html><meta charset="utf-8"><script src="/assets/app-1a2b.js"></script>\n',
    'dist/web/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    'dist/web/assets/app-1a2b.js': `${'globalThis.started = true // a line of the app\n'.repeat(40)}`,
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}
