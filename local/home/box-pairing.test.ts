import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { boxPairing } from './box-pairing.ts'

let folder: string
let done: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-box-'))
  done = []
})

afterEach(() => rmSync(folder, { recursive: true }))

const start = () =>
  boxPairing({
    folder,
    claim: (link) => done.push(`claim ${link}`),
    say: (link) => done.push(`say ${link}`),
  })

it('a new box is claimed by itself, once', () => {
  const box = start()
  box.waits('a')
  box.waits('b')
  expect(done).toEqual(['claim a', 'say b'])
})

it('one that its owner has unpaired stays so, and says its link, after a start too', () => {
  const box = start()
  box.waits('a')
  box.paired()
  box.paired()
  box.waits('b')
  start().waits('c')
  expect(done).toEqual(['claim a', 'say b', 'say c'])
})

it('one that was paired before this was remembered stays unpaired as well', () => {
  start().paired()
  start().waits('a')
  expect(done).toEqual(['say a'])
})

it('one whose claim came to nothing is claimed at the next start', () => {
  start().waits('a')
  start().waits('b')
  expect(done).toEqual(['claim a', 'claim b'])
})
