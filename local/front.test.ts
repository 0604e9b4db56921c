import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type LanOptions, openFront } from './front.ts'
import { StartError } from './start-error.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-front-'))
})
function open(lan: LanOptions | undefined) {
  const find = async (name: string) => {
    if (name !== '127.0.0.1') throw new Error('ENOTFOUND')
  }
  return openFront({ lan, dataFolder: folder, now: Date.now(), find })
}
afterEach(() => rmSync(folder, { recursive: true }))

it('is this machine alone unless the network is asked for', async () => {
  expect(await open(undefined)).toEqual({ host: '127.0.0.1', name: 'localhost' })
})

it('for the network listens everywhere and goes by one name, with a certificate for it', async () => {
  const front = await open({ host: '127.0.0.1' })
  expect(front).toMatchObject({ host: undefined, name: '127.0.0.1', certificate: { own: true } })
})

it('by a name that the machine itself does not find is no front, and says what to do', async () => {
  const opening = open({ host: 'attic.local' })
  await expect(opening).rejects.toThrow(StartError)
  await expect(opening).rejects.toThrow(/^The name attic\.local leads nowhere on this machine/)
  await expect(opening).rejects.toThrow('Add it to /etc/hosts')
  await expect(opening).rejects.toThrow('or name that address: npm start -- --lan --host')
})
