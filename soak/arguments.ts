import { parseArgs } from 'node:util'

export interface Arguments {
  readonly seed: number
  readonly faults: number
  readonly keepGoing: boolean
  readonly patience: number
  readonly json: boolean
  readonly logFile?: string
}

export type CommandLine =
  | { readonly kind: 'run'; readonly options: Arguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }

const MOST_FAULTS = 100_000
const LARGEST_SEED = 2 ** 31 - 1
const MOST_PATIENCE = 10

const FLAGS = {
  seed: { type: 'string', default: '1' },
  faults: { type: 'string', default: '1000' },
  patience: { type: 'string', default: '1' },
  'keep-going': { type: 'boolean', default: false },
  log: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export const USAGE = `Usage: npm run soak -- [options]

Runs the local cloud, two connectors and four quirky cameras as real processes, and ten viewers in one more, lets
things go wrong at random, and checks after each burst that everything is as it should be again.

  --seed N        what is drawn (default 1)
  --faults N      how many faults (default 1000, which takes about an hour)
  --keep-going    counts what is lost instead of stopping there
  --patience N    multiplies every bound, for a machine that does other work too (default 1)
  --log FILE      everything that the programs say, appended line by line
  --json          one JSON object at the end, progress on standard error
  --help          this text

Exit codes: 0 nothing lost · 1 something lost, or not finished · 2 wrong use
`

export function readArguments(args: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS })
    if (values.help) return { kind: 'help' }
    return {
      kind: 'run',
      options: {
        seed: wholeNumber('--seed', values.seed, 0, LARGEST_SEED),
        faults: wholeNumber('--faults', values.faults, 1, MOST_FAULTS),
        patience: wholeNumber('--patience', values.patience, 1, MOST_PATIENCE),
        keepGoing: values['keep-going'],
        json: values.json,
        ...(values.log === undefined ? {} : { logFile: values.log }),
      },
    }
  } catch (error) {
    // Node's texts go on with advice of several sentences and lines.
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)
    return { kind: 'wrong', problem: first }
  }
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new Error(`${flag} takes a whole number from ${least} to ${most}, not "${text}"`)
}
