import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FolderLock, lockFolder } from './folder-lock.ts'

let folder: string
const locks: FolderLock[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-lock-'))
})

afterEach(() => {
  for (const lock of locks.splice(0)) lock.release()
  rmSync(folder, { recursive: true })
})

function take() {
  const lock = lockFolder(join(folder, 'data'))
  if (lock !== 'in-use') locks.push(lock)
  return lock
}

async function takeInAnotherProcess() {
  const module = new URL('./folder-lock.ts', import.meta.url).href
  const script = `import { lockFolder } from '${module}'
    process.stdout.write(lockFolder('${join(folder, 'data')}') === 'in-use' ? 'in-use' : 'locked')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [answer] = await once(child.stdout, 'data')
  return {
    answer: String(answer),
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

test('a folder is locked once', () => {
  expect(take()).not.toBe('in-use')
  expect(take()).toBe('in-use')
})

test('a released folder can be locked again', () => {
  take()
  locks.pop()?.release()
  expect(take()).not.toBe('in-use')
})

test('a second process is told that the folder is in use', async () => {
  take()
  const other = await takeInAnotherProcess()
  expect(other.answer).toBe('in-use')
  await other.kill()
})

test('the lock of a killed process does not block', async () => {
  const other = await takeInAnotherProcess()
  expect(other.answer).toBe('locked')
  expect(take()).toBe('in-use')
  await other.kill()
  expect(take()).not.toBe('in-use')
})
