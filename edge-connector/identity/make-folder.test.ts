import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mihari-folder-'))
})

afterEach(() => rmSync(root, { recursive: true }))

test('every level is made, for whom it is meant, and one that is there stays', () => {
  const folder = join(root, 'a/b/c')
  makeFolder(folder, 0o700)
  makeFolder(folder, 0o700)
  expect([folder, join(root, 'a')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700])
})

test('what cannot be a folder is an error', () => {
  writeFileSync(join(root, 'file'), '')
  symlinkSync(join(root, 'nowhere'), join(root, 'dangling'))
  for (const path of ['file', 'file/below', 'dangling', 'dangling/below']) {
    expect(() => makeFolder(join(root, path), 0o700)).toThrow(/EEXIST|ENOTDIR|ENOENT/)
  }
})

test.skipIf(!existsSync('/proc/self'))(
  'where a folder that is there answers that it is not, that is an error and no endless attempt',
  () => {
    expect(() => makeFolder('/proc/x', 0o700)).toThrow('ENOENT')
    expect(() => makeFolder('/proc/x/y', 0o700)).toThrow('ENOENT')
  },
)
