import { parseArgs } from 'node:util'
import { overBounds } from './bounds.ts'
import { benchConnector } from './connector.ts'
import { benchFirstFrame } from './first-frame.ts'

const USAGE = `Usage: npm run bench -- first-frame [--runs N] [--latency MS] [--json]
       npm run bench -- connector [--json]

first-frame  from the click to the first decoded frame: a bare page on the camera's own socket, and Mihari
connector    memory of the bundled connector with ten calls, and its time from start to connected

Exit codes: 0 every bound holds · 1 one does not, or it failed · 2 wrong use
`

const MIN_RUNS = 20
const { values, positionals } = readCommandLine()
const [bench, ...more] = positionals
const runs = Number(values.runs ?? MIN_RUNS)
const latencyMs = Number(values.latency ?? 0)
if (more.length > 0) wrong(`one benchmark at a time, not also ${more.join(', ')}`)
if (!Number.isInteger(runs) || runs < 1) wrong(`--runs takes a number of runs, not "${values.runs}"`)
if (!Number.isInteger(latencyMs) || latencyMs < 0)
  wrong(`--latency takes milliseconds, not "${values.latency}"`)
const say = (line: string): void => void (values.json || process.stdout.write(`${line}\n`))

switch (bench) {
  case 'first-frame':
    print(await benchFirstFrame({ runs, latencyMs, say }))
    break
  case 'connector':
    print(await benchConnector({ say }))
    break
  default:
    wrong(bench === undefined ? 'which benchmark?' : `there is no benchmark "${bench}"`)
}
// libwebrtc's threads would keep the process.
process.exit()

/** The last line is for programs, with --json the only one. */
function print(figures: object): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  for (const over of overBounds(figures)) {
    process.exitCode = 1
    process.stderr.write(`${over}\n`)
  }
}

function readCommandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        runs: { type: 'string' },
        latency: { type: 'string' },
      },
    })
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
}

function wrong(reason: string): never {
  process.stderr.write(`${reason}\n${USAGE}`)
  process.exit(2)
}
