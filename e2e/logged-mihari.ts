import { systemClock } from '../local/clock.ts'
import { readCommandLine } from '../local/command-line.ts'
import { createOutput } from '../local/output.ts'
import { whenOrphaned } from '../local/programs/when-orphaned.ts'
import { startMihari } from '../local/start-mihari.ts'

// `npm start --json`, with every line besides that its cloud logs: what on AWS would be in CloudWatch.
const commandLine = readCommandLine(process.argv.slice(2), () => null)
if (commandLine.kind !== 'start') throw new Error('wrong flags')
const { options } = commandLine
const write = (text: string): void => void process.stdout.write(text)
const output = createOutput(true, write)
const mihari = await startMihari({
  ...options,
  clock: systemClock,
  report: output.progress,
  log(entry) {
    if (entry.kind === 'mail') output.mail(entry.to, entry.link)
    else write(`${JSON.stringify({ event: 'cloud-log', ...entry })}\n`)
  },
})
const stop = async (): Promise<void> => {
  await mihari.stop()
  process.exit(0)
}
whenOrphaned(stop)
process.on('SIGTERM', stop)
const { url, signInLink } = mihari
output.ready({ url, signInLink, cameras: options.cameras, lan: options.lan !== undefined })
