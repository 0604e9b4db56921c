import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { transcriptFile } from '../e2e/transcripts.ts'

/**
 * Draws the end of connectors and of a camera, a cloned card, a failing function, table and post, the end of a
 * connection told twice, a lost network, and pages that come and go.
 */
const SEED = 104_011
const FAULTS = 18
const LIMIT_MS = 170_000

it(
  '[R22, R24, R25, R46, R47, R48, R49, R51] everything comes right again after a few random faults',
  async () => {
    const main = new URL('main.ts', import.meta.url).pathname
    const args = ['--seed', String(SEED), '--faults', String(FAULTS), '--patience', '2', '--json']
    const log = ['--log', transcriptFile('soak')]
    const child = spawn(process.execPath, [main, ...args, ...log], { stdio: ['ignore', 'pipe', 'pipe'] })
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const [code, report, progress] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
    expect(report, progress).not.toBe('')
    expect(JSON.parse(report)).toMatchObject({ losses: [], faults: FAULTS })
    expect(code).toBe(0)
  },
  LIMIT_MS,
)
