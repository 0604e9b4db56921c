import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeBuiltFixture } from './built-fixture.ts'

const built = writeBuiltFixture()
const unbuilt = mkdtempSync(join(tmpdir(), 'mihari-unbuilt-'))

const PROJECT = join(import.meta.dirname, '..')
const { context: flags } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8'))

function synth(cwd: string, context: Readonly<Record<string, unknown>> = {}) {
  const outFolder = join(cwd, 'cdk.out')
  const { status, stderr } = spawnSync(process.execPath, [join(PROJECT, 'cdk/app.ts')], {
    cwd,
    encoding: 'utf8',
    // No account, no region and no proxy to reach one through.
    env: {
      PATH: process.env.PATH,
      CDK_OUTDIR: outFolder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }),
    },
  })
  return { status, stderr, outFolder }
}

afterAll(() => {
  for (const folder of [built, unbuilt]) rmSync(folder, { recursive: true })
})

describe('a synth', () => {
  it('needs no account, and neither the CDK nor cdk-nag finds anything', () => {
    const { status, stderr, outFolder } = synth(built)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const report = JSON.parse(readFileSync(join(outFolder, 'validation-report.json'), 'utf8'))
    expect(report.pluginReports).toEqual([])
  })

  it('says in one line that something has to be built first', () => {
    const { status, stderr } = synth(unbuilt)
    expect(status).toBe(1)
    expect(stderr).toBe('dist/web/index.html is not there: run `npm run build` first\n')
  })

  it('says in one line which ICE server is wrong', () => {
    const { status, stderr } = synth(built, { iceServers: '[{"urls":"http://a.example"}]' })
    expect(status).toBe(1)
    expect(stderr).toBe('iceServers: 0.urls: not a STUN or TURN address: [{"urls":"http://a.example"}]\n')
  })
})
