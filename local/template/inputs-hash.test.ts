import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashInputs } from './inputs-hash.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-inputs-'))
  mkdirSync(join(folder, 'deep'))
  writeFileSync(join(folder, 'a'), 'one')
  writeFileSync(join(folder, 'deep/b'), 'two')
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('the hash of the inputs', () => {
  it('is the same for the same files', () => {
    expect(hashInputs([folder], 'p')).toBe(hashInputs([folder], 'p'))
  })

  it.each<[string, () => void]>([
    ['a changed file', () => writeFileSync(join(folder, 'deep/b'), 'owt')],
    ['a new file', () => writeFileSync(join(folder, 'deep/c'), '')],
    ['a file that is gone', () => rmSync(join(folder, 'a'))],
    ['a folder that is gone', () => rmSync(join(folder, 'deep'), { recursive: true })],
  ])('differs by %s', (_, change) => {
    const before = hashInputs([folder], 'p')
    change()
    expect(hashInputs([folder], 'p')).not.toBe(before)
  })

  it('differs by the parameters', () => {
    expect(hashInputs([folder], 'p')).not.toBe(hashInputs([folder], 'q'))
  })

  it('does not differ by a test, nor by what only tests use', () => {
    const before = hashInputs([folder], 'p')
    writeFileSync(join(folder, 'a.test.ts'), '')
    mkdirSync(join(folder, 'deep/testing'))
    writeFileSync(join(folder, 'deep/testing/c.ts'), '')
    expect(hashInputs([folder], 'p')).toBe(before)
  })

  it('counts what is not there as such', () => {
    expect(hashInputs([join(folder, 'gone')], 'p')).not.toBe(hashInputs([join(folder, 'a')], 'p'))
  })
})
