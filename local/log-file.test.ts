import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLogFile } from './log-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('keeps what the cloud and the programs say, after what was there before, for its owner’s eyes only', () => {
  const file = join(folder, 'run.log')
  for (const line of ['first', 'second']) openLogFile(file).program('edge connector', line)
  openLogFile(file).cloud({ kind: 'access', line: 'GET' })
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter(({ from }) => from !== 'npm start')).toEqual([
    { from: 'edge connector', line: 'first' },
    { from: 'edge connector', line: 'second' },
    { from: 'cloud', kind: 'access', line: 'GET' },
  ])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('holds no link that signs somebody in', () => {
  const file = join(folder, 'run.log')
  openLogFile(file).cloud({ kind: 'mail', to: 'a@example.org', link: 'http://x/#secret', validSeconds: 60 })
  expect(readFileSync(file, 'utf8')).not.toMatch(/secret|example/)
})

it('says what to do when the file cannot be written', () => {
  expect(() => openLogFile(join(folder, 'no/run.log'))).toThrow(/--log FILE/)
})
