import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findOrInstallChromium } from './chromium.ts'
import { findSecrets } from './find-secrets.ts'
import { readTranscripts } from './transcripts.ts'

let transcripts: string

/** Before all tests, because installing a browser takes longer than a test may. */
export async function setup(project: TestProject): Promise<void> {
  await findOrInstallChromium((line) => process.stderr.write(`${line}\n`))
  transcripts = mkdtempSync(join(tmpdir(), 'mihari-transcripts-'))
  project.provide('transcripts', transcripts)
}

/** After all tests: the run fails when any program wrote what no log may hold. */
export function teardown(): void {
  const { lines, secrets } = readTranscripts(transcripts)
  rmSync(transcripts, { recursive: true, force: true })
  const given = lines.flatMap(({ file, line }) => {
    const found = findSecrets(line, secrets)
    return found.length === 0 ? [] : [`${file} has ${found.join(', ')}\n    ${line.slice(0, 300)}`]
  })
  process.stderr.write(
    `${lines.length} lines of ${new Set(lines.map(({ file }) => file)).size} programs looked at\n`,
  )
  if (given.length === 0) return
  // Vitest only prints what a teardown throws.
  process.exitCode = 1
  throw new Error(`secrets in the logs of this run:\n  ${[...new Set(given)].slice(0, 20).join('\n  ')}`)
}
