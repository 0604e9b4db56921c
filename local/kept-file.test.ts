import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, expect, it } from 'vitest'
import { KeptFileError, openKeptFile } from './kept-file.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function open(folder: string) {
  return openKeptFile<readonly number[]>(folder, 'numbers.json', v.array(v.number()), [0])
}

function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'mihari-kept-'))
  folders.push(parent)
  return join(parent, 'data')
}

it('what was written is there again, for this user alone', () => {
  const folder = newFolder()
  const file = open(folder)
  expect(file.value).toEqual([0])
  file.write([1])
  file.write([1, 2])
  expect(file.value).toEqual([1, 2])
  expect(open(folder).value).toEqual([1, 2])
  expect(readdirSync(folder)).toEqual(['numbers.json'])
  expect(statSync(join(folder, 'numbers.json')).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

it('a write that was interrupted leaves what was there before', () => {
  const folder = newFolder()
  open(folder).write([1])
  writeFileSync(join(folder, 'numbers.json.new'), '[1, 2')
  const file = open(folder)
  expect(file.value).toEqual([1])
  file.write([3])
  expect(open(folder).value).toEqual([3])
})

it.each(['', '[1', '{"a":1}', '["1"]'])('a file with %j is named, and not written over', (content) => {
  const folder = newFolder()
  open(folder).write([1])
  const path = join(folder, 'numbers.json')
  writeFileSync(path, content)
  expect(() => open(folder)).toThrow(KeptFileError)
  expect(() => open(folder)).toThrow(path)
  expect(readFileSync(path, 'utf8')).toBe(content)
})

it('in memory it is forgotten', () => {
  open('memory').write([1])
  expect(open('memory').value).toEqual([0])
})
