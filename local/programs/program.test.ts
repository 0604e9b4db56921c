import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { type Program, type ProgramOptions, runProgram } from './program.ts'
import { restartDelayMs } from './restart-delay.ts'

const running: Program[] = []
afterEach(() => Promise.all(running.splice(0).map((program) => program.stop())))

function run(script: string, more: Partial<ProgramOptions> = {}) {
  const clock = manualClock()
  const reports: string[] = []
  const reported: (() => void)[] = []
  const program = runProgram({
    name: 'test program',
    args: () => ['-e', script],
    isReady: (line) => line === 'ready',
    report: (line) => {
      reports.push(line)
      reported.splice(0).forEach((resolve) => {
        resolve()
      })
    },
    clock,
    ...more,
  })
  running.push(program)
  return { program, clock, reports, nextReport: () => new Promise<void>((resolve) => reported.push(resolve)) }
}

describe('a program', () => {
  it('is ready when it says so, and ends when it is stopped', async () => {
    const { program } = run('console.log("starting"); console.log("ready"); setInterval(() => {}, 1000)')
    await program.ready
    await program.stop()
  })

  it('that ends is reported with its last words, and started again', async () => {
    const { clock, reports, nextReport } = run('console.error("out of luck"); process.exitCode = 1')
    await nextReport()
    expect(reports[0]).toContain('test program ended (1)')
    expect(reports[0]).toContain('out of luck')
    const again = nextReport()
    clock.advance(restartDelayMs(1))
    await again
    expect(reports).toHaveLength(2)
    expect(reports[1]).toContain('in 1 s')
  })

  it('has what it is given in its environment, and is heard on its channel', async () => {
    const messages: unknown[] = []
    const { program } = run(
      'process.send({ given: process.env.GIVEN, path: Boolean(process.env.PATH) }, () => console.log("ready"))',
      { env: { GIVEN: 'yes' }, onMessage: (message) => messages.push(message) },
    )
    await program.ready
    await eventually(() => messages).toEqual([{ given: 'yes', path: true }])
  })

  it('that calls its flags wrong is not started again', async () => {
    const { program, reports } = run('console.error("no such flag"); process.exitCode = 2')
    await expect(program.ready).rejects.toThrow('no such flag')
    expect(reports).toHaveLength(1)
  })

  it('is not started again once it was stopped', async () => {
    const { program, clock, reports, nextReport } = run('process.exitCode = 1')
    await nextReport()
    await program.stop()
    clock.advance(60_000)
    expect(reports).toHaveLength(1)
  })
})

it('waits longer from ending to ending, and half a minute at most', () => {
  expect([1, 2, 3, 7, 50].map(restartDelayMs)).toEqual([500, 1_000, 2_000, 30_000, 30_000])
})
