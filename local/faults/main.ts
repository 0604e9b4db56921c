/**
 * `npm start` for tests: with faults that the process which started this one asks for over its channel. Nothing of
 * this is in `npm start` itself.
 */
import { systemClock } from '../clock.ts'
import { runCommandLine } from '../run-command-line.ts'
import { answerFaultRequests } from './answer-fault-requests.ts'
import { createFaults } from './faults.ts'

const faults = createFaults({ random: Math.random, clock: systemClock })
answerFaultRequests(faults, process)
// Who started it may be killed.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
await runCommandLine(process.argv.slice(2), faults)
