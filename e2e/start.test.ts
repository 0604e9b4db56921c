import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type MihariProcess, runMihari, spawnMihari } from './mihari-process.ts'
import { connectViewer, socketAddress } from './wire-client.ts'

it.each([
  [['--prot', '1'], '--prot'],
  [['--port', 'many'], '--port takes a number'],
  [['--camera', 'porch'], 'NAME=ws://'],
  [['--camera', 'Porch=ws://127.0.0.1:1/'], 'a-z, 0-9'],
  [['--camera', 'porch=http://127.0.0.1:1/'], 'ws://'],
  [['--camera', 'porch=ws://127.0.0.1:1/', '--camera', 'porch=ws://127.0.0.1:2/'], 'twice'],
])('a wrong flag %j gets one clear line and exit 2', async (flags, part) => {
  const { code, stdout, stderr } = await runMihari(flags)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(part)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

it('--help says what there is', async () => {
  expect(await runMihari(['--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('--latency MS'),
  })
})

it('a taken port is said, and what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-e2e-'))
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { code, stdout } = await runMihari(['--data', folder, '--port', String(port)])
  expect(code).toBe(1)
  expect(stdout).toContain(`Port ${port} is taken. Stop what uses it, or choose another`)
  server.close()
  rmSync(folder, { recursive: true })
})

it('a data folder that cannot be one is said, and what to do', async () => {
  const { code, stdout } = await runMihari(['--data', '/dev/null/data', '--port', '0'])
  expect(code).toBe(1)
  expect(stdout).toContain('/dev/null/data cannot be a folder for the data')
})

it('keeps the cameras’ identity between starts, and refuses a folder that is in use', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-e2e-'))
  const first = await spawnMihari([], { dataFolder: folder })
  const before = await camerasOf(first)
  const second = await runMihari(['--data', folder, '--port', '0'])
  expect(second).toMatchObject({ code: 1, stdout: expect.stringContaining('Another Mihari runs on') })
  expect(await first.stop()).toBe(0)

  const again = await spawnMihari([], { dataFolder: folder })
  const after = await camerasOf(again)
  expect([...after]).toEqual([...before])
  expect(await again.stop()).toBe(0)
  rmSync(folder, { recursive: true })
})

async function camerasOf({ url, signIn }: MihariProcess): Promise<ReadonlyMap<string, string>> {
  const { idToken } = await signIn()
  const { client, cameras } = await connectViewer(await socketAddress(url), idToken)
  client.close()
  return cameras
}
