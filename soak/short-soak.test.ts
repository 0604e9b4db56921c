import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { transcriptFile } from '../e2e/transcripts.ts'
import { drawFaults } from './draw-faults.ts'
import { hasComeAbout } from './faults.ts'

/**
 * Draws connectors that are killed and stopped, a frozen camera, a failing function, table and post, lost welcomes, an
 * outage, slow lines, lost networks and new addresses, rollovers of both sides, and pages that are reloaded.
 */
const SEED = 7_876
const FAULTS = 20
const LIMIT_MS = 170_000

it(
  '[R24, R25, R46, R47, R48, R51] everything comes right again after a few random faults, and nobody has to press',
  async () => {
    const main = new URL('main.ts', import.meta.url).pathname
    const args = ['--seed', String(SEED), '--faults', String(FAULTS), '--patience', '2', '--json']
    const log = ['--log', transcriptFile('soak')]
    const child = spawn(process.execPath, [main, ...args, ...log], { stdio: ['ignore', 'pipe', 'pipe'] })
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const [code, report, progress] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
    expect(report, progress).not.toBe('')
    const result = JSON.parse(report) as { readonly met: Readonly<Record<string, number>> }
    expect(result).toMatchObject({ losses: [], faults: FAULTS, presses: {} })
    const drawn = drawFaults({ seed: SEED, faults: FAULTS, settledAfter: FAULTS }).flat()
    expect(drawn.filter((fault) => !hasComeAbout(fault, result.met))).toEqual([])
    expect(code).toBe(0)
  },
  LIMIT_MS,
)
