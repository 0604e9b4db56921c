import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FunctionDescription } from '../../template/cloud-description.ts'

const REGION_AND_ACCOUNT = 'eu-west-1:111122223333'

/** Writes a function's code into a folder of its own, as a bundled asset would lie there. */
export function writeBundle(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-function-'))
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), source)
  }
  return folder
}

/** A function whose `index.mjs` is `source`. */
export function describeFunction(
  name: string,
  source: string,
  more: Partial<FunctionDescription> = {},
): FunctionDescription {
  return {
    name,
    arn: `arn:aws:lambda:${REGION_AND_ACCOUNT}:function:${name}`,
    codeFolder: writeBundle({ 'index.mjs': source }),
    handler: 'index.handler',
    memoryMb: 128,
    timeoutMs: 3000,
    environment: {},
    statements: [],
    invokers: [{ principal: 'apigateway.amazonaws.com' }],
    ...more,
  }
}
