import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeBuiltFixture } from './testing/built-fixture.ts'

const built = writeBuiltFixture()
const unbuilt = mkdtempSync(join(tmpdir(), 'mihari-unbuilt-'))

const PROJECT = join(import.meta.dirname, '..')
const readJson = (file: string) => JSON.parse(readFileSync(join(PROJECT, file), 'utf8'))
const { context: flags, build } = readJson('cdk.json')

const OWNER = { ownerEmail: 'owner@example.org' }

function synth(cwd: string, context: Readonly<Record<string, unknown>> = OWNER) {
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

it('a synth builds first as `npm run build` does, without the lines of npm, which would be in the template', () => {
  expect(build).toBe(readJson('package.json').scripts.build)
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
    const { status, stderr } = synth(built, { ...OWNER, iceServers: '[{"urls":"http://a.example"}]' })
    expect(status).toBe(1)
    expect(stderr).toBe('iceServers: 0.urls: not a STUN or TURN address: [{"urls":"http://a.example"}]\n')
  })

  it.each([
    [
      'no owner',
      {},
      'ownerEmail is missing: add `-c ownerEmail=you@example.org`, the e-mail address of the first owner',
    ],
    [
      'half an issuer',
      { ...OWNER, oidcIssuer: 'https://issuer.example' },
      'oidcClientId is missing beside oidcIssuer: add `-c oidcClientId=…`, the id of a public client at the issuer',
    ],
  ])('that has %s says in one line what to type, and writes nothing', (_, context, line) => {
    const { status, stderr, outFolder } = synth(unbuilt, context)
    expect(status).toBe(1)
    expect(stderr).toBe(`${line}\n`)
    expect(existsSync(join(outFolder, 'manifest.json'))).toBe(false)
  })

  it('with an issuer of its own needs no account either', () => {
    const context = { ...OWNER, oidcIssuer: 'https://issuer.example', oidcClientId: 'mihari' }
    expect(synth(built, context)).toMatchObject({ status: 0, stderr: '' })
  })
})
