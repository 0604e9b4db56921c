import { appendFileSync, existsSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeBuiltFixture } from '../../cdk/testing/built-fixture.ts'
import { SynthesisError, synthesize } from './synthesize.ts'

let built: string

beforeEach(() => {
  built = writeBuiltFixture()
})

afterEach(() => rmSync(built, { recursive: true }))

/** Where it is, and what was reported: something took time. */
async function run() {
  const steps: string[] = []
  const folder = await synthesize({
    parentFolder: join(built, 'cdk.out'),
    report: (step) => steps.push(step),
    builtIn: built,
  })
  return { folder, steps }
}

describe('the synth', () => {
  it('is done once for the same inputs', async () => {
    const first = await run()
    expect(first.steps).toEqual(['synthesizing the cloud'])
    expect(existsSync(join(first.folder, 'Mihari.template.json'))).toBe(true)
    expect(await run()).toEqual({ folder: first.folder, steps: [] })
  })

  it('is done in a folder of its own when something built has changed, and leaves the one in use', async () => {
    const first = await run()
    appendFileSync(join(built, 'dist/web/assets/app-1a2b.js'), '// changed\n')
    const second = await run()
    expect(second.steps).toHaveLength(1)
    expect(second.folder).not.toBe(first.folder)
    expect(existsSync(join(first.folder, 'Mihari.template.json'))).toBe(true)
  })

  it('that nobody has used for a month is deleted when another is made', async () => {
    const first = await run()
    const longAgo = new Date(Date.now() - 31 * 24 * 60 * 60_000)
    utimesSync(first.folder, longAgo, longAgo)
    appendFileSync(join(built, 'dist/web/assets/app-1a2b.js'), '// changed\n')
    await run()
    expect(existsSync(first.folder)).toBe(false)
  })

  it('is done again, from an empty folder, when the last one did not come to its end', async () => {
    const { folder } = await run()
    rmSync(join(folder, 'complete'))
    writeFileSync(join(folder, 'left-over'), '')
    expect((await run()).steps).toHaveLength(1)
    expect(existsSync(join(folder, 'left-over'))).toBe(false)
  })

  it('that fails says what the app said, and is tried again', async () => {
    rmSync(join(built, 'dist/lambda'), { recursive: true })
    const expected = new SynthesisError('dist/lambda/index.mjs is not there: run `npm run build` first')
    await expect(run()).rejects.toThrow(expected)
    await expect(run()).rejects.toThrow(expected)
  })
})
