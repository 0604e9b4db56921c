import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DeviceId } from '../../protocol/identifiers.ts'
import { loadIdentity } from './device-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the first start makes a key that only this user can read, and leaves nothing else', () => {
  const data = join(folder, 'not', 'there', 'yet')
  const identity = loadIdentity(data)
  expect(identity).toMatchObject({ ok: true, made: true })
  expect(v.is(DeviceId, identity.ok && identity.signer.device)).toBe(true)
  expect(readdirSync(data)).toEqual(['device.key'])
  expect(statSync(data).mode & 0o777).toBe(0o700)
  expect(statSync(join(data, 'device.key')).mode & 0o777).toBe(0o600)
})

test('every later start is the same device', () => {
  const first = loadIdentity(folder)
  const text = readFileSync(join(folder, 'device.key'), 'utf8')
  const later = loadIdentity(folder)
  expect(later).toMatchObject({ ok: true, made: false })
  expect(later.ok && later.signer.device).toBe(first.ok && first.signer.device)
  expect(readFileSync(join(folder, 'device.key'), 'utf8')).toBe(text)
})

test.each([0o640, 0o604, 0o644])(
  'a key that others can read (%o) is refused, with the command that helps',
  (mode) => {
    loadIdentity(folder)
    const file = join(folder, 'device.key')
    chmodSync(file, mode)
    expect(loadIdentity(folder)).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`chmod 600 ${file}`),
    })
  },
)

test('a file that is no key is refused, and not overwritten', () => {
  const file = join(folder, 'device.key')
  writeFileSync(file, 'hello', { mode: 0o600 })
  expect(loadIdentity(folder)).toMatchObject({ ok: false, reason: expect.stringContaining(file) })
  expect(readFileSync(file, 'utf8')).toBe('hello')
})

test('a folder that cannot be made is told as such', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(loadIdentity(join(folder, 'file', 'sub'))).toMatchObject({
    ok: false,
    reason: expect.stringContaining('--data'),
  })
})
