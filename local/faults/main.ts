/**
 * `npm start` for tests: with faults that the process which started this one asks for over its channel, and without
 * a home if MIHARI_HOME is `none`. MIHARI_SEED is where chance begins. Nothing of this is in `npm start` itself.
 */
import { systemClock } from '../clock.ts'
import { runCommandLine } from '../run-command-line.ts'
import { createFaults } from './faults.ts'
import type { FaultAnswer, FaultRequest } from './remote-faults.ts'
import { seededRandom } from './seeded-random.ts'

const { MIHARI_HOME, MIHARI_SEED = '1' } = process.env
const faults = createFaults({ random: seededRandom(Number(MIHARI_SEED)), clock: systemClock })

process.on('message', (request: FaultRequest) => {
  const answer: FaultAnswer = { id: request.id, ...answerTo(request) }
  process.send?.(answer)
})
// Who started it may be killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

await runCommandLine(process.argv.slice(2), { faults, withoutHome: MIHARI_HOME === 'none' })

function answerTo(request: FaultRequest): Omit<FaultAnswer, 'id'> {
  try {
    if (request.ask === 'inject') faults.inject(request.fault)
    if (request.ask === 'clear') faults.clear()
    return { counts: { ...faults.counts() } }
  } catch (error) {
    return { problem: String(error) }
  }
}
