import { systemClock } from '../../local/clock.ts'
import { startCloud } from '../../local/cloud.ts'
import { createFaults } from '../../local/faults/faults.ts'
import { createSite } from '../../local/site/create-site.ts'
import { describeCloud } from '../../local/template/describe-cloud.ts'
import { rest } from '../rest.ts'
import { answerParent, heapUsed } from './answer-parent.ts'
import type { CloudAsk, CloudReady, CloudSettings, Met } from './cloud-messages.ts'

const { assembly, dataFolder, port, aheadMs } = JSON.parse(process.argv[2] ?? '') as CloudSettings

const faults = createFaults({ random: Math.random, clock: systemClock })
// Before anything runs by it: the data is of that time.
if (aheadMs > 0) faults.inject({ kind: 'clock', aheadMs })

const started = await startCloud({
  describe: (addresses) => describeCloud(assembly, addresses),
  createSite: (site) => createSite(site, { strictTransport: false }),
  host: '127.0.0.1',
  port,
  dataFolder,
  latencyMs: 0,
  clock: systemClock,
  faults,
  log(entry) {
    // What each message costs is not asked here, and what a function says of its own comes as a line.
    if (entry.kind === 'access' || entry.kind === 'invocation') return
    process.stdout.write(`${entry.kind === 'function-line' ? entry.line : JSON.stringify(entry)}\n`)
  },
})
if (started.kind !== 'started') throw new Error(`the cloud did not start: ${started.kind}`)
const { cloud } = started
const ready: CloudReady = { siteUrl: cloud.url, signInLink: cloud.identity?.signInLink ?? '' }
process.send?.({ kind: 'ready', ...ready })

const met = (): Met => ({ counts: faults.counts(), waiting: faults.waiting() })

/** For their connections to close at this end, once they are gone. */
const CLOSING_MS = 200

/** Warm functions keep connections to the cloud's services by the dozen, as many as chance has it. */
async function heapWithoutFunctions(): Promise<number> {
  await cloud.retireFunctions()
  await rest(CLOSING_MS)
  return heapUsed()
}

answerParent<CloudAsk>((ask) => {
  switch (ask.kind) {
    case 'heap':
      return heapWithoutFunctions()
    case 'meter':
      return cloud.meter.snapshot()
    case 'fault':
      return faults.inject(ask.fault)
    case 'clear':
      faults.clear()
      return met()
    case 'met':
      return met()
    default:
      return ask satisfies never
  }
})

const stop = async (): Promise<void> => {
  await cloud.close()
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('disconnect', stop)
