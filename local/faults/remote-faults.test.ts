import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Fault } from './fault.ts'
import { type RemoteFaults, remoteFaults } from './remote-faults.ts'

const source = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)

/** A process that has faults and nothing that they could befall. */
const PROGRAM = `
  import { systemClock } from ${source('../clock.ts')}
  import { answerFaultRequests } from ${source('answer-fault-requests.ts')}
  import { createFaults } from ${source('faults.ts')}
  answerFaultRequests(createFaults({ random: () => 0, clock: systemClock }), process)`

let folder: string
let child: ChildProcess
let faults: RemoteFaults

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-faults-'))
  const program = join(folder, 'program.mts')
  writeFileSync(program, PROGRAM)
  child = fork(program, { execArgv: [] })
  faults = remoteFaults(child)
})

afterEach(() => {
  child.kill()
  rmSync(folder, { recursive: true })
})

it('a fault that is asked for over the channel is injected, and each answer has the counts', async () => {
  expect(await faults.inject({ kind: 'clock', aheadMs: 1 })).toEqual({ clock: 1 })
  expect(await faults.inject({ kind: 'function', how: 'cold', count: 1, ms: 0 })).toEqual({
    clock: 1,
    'function cold': 1,
  })
  expect(await faults.clear()).toEqual(await faults.counts())
})

it('the faults of a process that ends reject', async () => {
  const asked = faults.counts()
  child.kill('SIGKILL')
  await expect(asked).rejects.toThrow('the cloud has ended')
  await expect(faults.inject({ kind: 'clock', aheadMs: 1 } satisfies Fault)).rejects.toThrow(
    'the cloud has ended',
  )
})
