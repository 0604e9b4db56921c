import { type Arguments, readArguments, USAGE } from './arguments.ts'
import { Transcript } from './home/transcript.ts'
import { isGood, reportLines, reportObject } from './report.ts'
import { runSoak } from './run-soak.ts'

const EXIT_LOST = 1
const EXIT_WRONG_USE = 2
/** A run that takes longer is stuck somewhere: 30 s for each fault, and what the start takes. */
const LIMIT_MS = { start: 300_000, fault: 30_000 } as const
/** What is running is given that long to end. */
const STOP_MS = 30_000
const LAST_LINES = 40

const commandLine = readArguments(process.argv.slice(2))
switch (commandLine.kind) {
  case 'help':
    process.stdout.write(USAGE)
    break
  case 'wrong':
    process.stderr.write(`${commandLine.problem} (npm run soak -- --help)\n`)
    process.exitCode = EXIT_WRONG_USE
    break
  case 'run':
    await run(commandLine.options)
}

async function run(options: Arguments): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  const transcript = new Transcript(options.logFile)
  const abort = new AbortController()
  const stop = (why: string): void => {
    for (const line of transcript.since(0, LAST_LINES)) say(line)
    say(why)
    abort.abort()
    setTimeout(() => process.exit(EXIT_LOST), STOP_MS).unref()
  }
  const limitMs = LIMIT_MS.start + options.faults * LIMIT_MS.fault * options.patience
  const limit = setTimeout(() => stop(`not finished in ${limitMs / 1000} s`), limitMs)
  process.once('SIGINT', () => stop('interrupted'))
  process.once('SIGTERM', () => stop('asked to end'))
  try {
    const result = await runSoak({ ...options, transcript, say, signal: abort.signal })
    const text = options.json ? JSON.stringify(reportObject(result)) : reportLines(result).join('\n')
    process.stdout.write(`${text}\n`)
    process.exitCode = isGood(result) ? 0 : EXIT_LOST
  } catch (error) {
    for (const line of transcript.since(0, LAST_LINES)) say(line)
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = EXIT_LOST
  } finally {
    clearTimeout(limit)
  }
}
