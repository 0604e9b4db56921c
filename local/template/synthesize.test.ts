import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeBuiltFixture } from '../../cdk/built-fixture.ts'
import { SynthesisError, synthesize } from './synthesize.ts'

let built: string
let outFolder: string

beforeEach(() => {
  built = writeBuiltFixture()
  outFolder = join(built, 'cdk.out')
})

afterEach(() => rmSync(built, { recursive: true }))

/** What was reported: something took time. */
async function run(): Promise<readonly string[]> {
  const steps: string[] = []
  await synthesize({ outFolder, report: (step) => steps.push(step), builtIn: built })
  return steps
}

describe('the synth', () => {
  it('is done once for the same inputs', async () => {
    expect(await run()).toEqual(['synthesizing the cloud'])
    expect(existsSync(join(outFolder, 'Mihari.template.json'))).toBe(true)
    expect(await run()).toEqual([])
  })

  it('is done again, from an empty folder, when something built has changed', async () => {
    await run()
    writeFileSync(join(outFolder, 'left-over'), '')
    appendFileSync(join(built, 'dist/web/assets/app-1a2b.js'), '// changed\n')
    expect(await run()).toHaveLength(1)
    expect(existsSync(join(outFolder, 'left-over'))).toBe(false)
  })

  it('is done again when the last one did not come to its end', async () => {
    await run()
    rmSync(join(outFolder, 'inputs.sha256'))
    expect(await run()).toHaveLength(1)
  })

  it('that fails says what the app said, and is tried again', async () => {
    rmSync(join(built, 'dist/lambda'), { recursive: true })
    const expected = new SynthesisError('dist/lambda/index.mjs is not there: run `npm run build` first')
    await expect(run()).rejects.toThrow(expected)
    await expect(run()).rejects.toThrow(expected)
  })
})
