import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findOrInstallChromium } from './chromium.ts'
import { judgeTranscripts } from './judge-transcripts.ts'
import { readTranscripts } from './transcripts.ts'

/** Before all tests, because installing a browser takes longer than a test may. Gives what is done after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await findOrInstallChromium((line) => process.stderr.write(`${line}\n`))
  const transcripts = mkdtempSync(join(tmpdir(), 'mihari-transcripts-'))
  project.provide('transcripts', transcripts)
  return () => lookAt(transcripts, project)
}

/** The run fails when any program wrote what no log may hold, or was not listened to. */
async function lookAt(folder: string, project: TestProject): Promise<void> {
  const read = readTranscripts(folder)
  rmSync(folder, { recursive: true, force: true })
  const count = read.transcripts.reduce((sum, { lines }) => sum + lines.length, 0)
  process.stderr.write(`${count} lines of ${read.transcripts.length} programs looked at\n`)
  const problems = judgeTranscripts(read, await isWholeRun(project))
  if (problems.length === 0) return
  // Vitest only prints what a teardown throws.
  process.exitCode = 1
  throw new Error(`the logs of this run:\n  ${problems.slice(0, 20).join('\n  ')}`)
}

async function isWholeRun(project: TestProject): Promise<boolean> {
  const { testFiles } = await project.globTestFiles()
  const passed = project.vitest.state
    .getTestModules()
    .filter((module) => module.project.name === project.name && module.state() === 'passed')
  return passed.length === testFiles.length
}
