import { parseArgs } from 'node:util'
import * as v from 'valibot'
import type { LogLevel } from '../log/log.ts'
import { closestKey } from './closest-key.ts'
import type { Problem } from './configuration.ts'
import { CameraAddress, CloudAddress, HealthPort, Level, Name } from './file-schema.ts'

export interface Flags {
  readonly help: boolean
  readonly version: boolean
  readonly config: string | undefined
  readonly cloud: string | undefined
  readonly data: string | undefined
  readonly healthPort: number | 'off' | undefined
  readonly logLevel: LogLevel | undefined
  /** Address by name. */
  readonly cameras: ReadonlyMap<string, string>
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  config: { type: 'string', short: 'c' },
  cloud: { type: 'string' },
  camera: { type: 'string', multiple: true },
  data: { type: 'string' },
  'health-port': { type: 'string' },
  'log-level': { type: 'string' },
} as const

export const HELP = `Usage: mihari-connector [--config FILE] [flags]

Connects the cameras of this home with your Mihari deployment. Flags win over the file.
Until an owner has claimed it, it prints a link to pair it.

  -c, --config FILE         YAML configuration; see mihari-connector.example.yaml
      --cloud URL           signalling address of the deployment (wss://…)
      --camera NAME=URL     a UV4L camera (repeatable); passwords only in the file
      --data DIR            where the key of this device is kept
                            (default: $STATE_DIRECTORY, else ~/.mihari)
      --health-port PORT    GET http://127.0.0.1:PORT/health (default 4380; 0: any; off)
      --log-level LEVEL     error, warn, info or debug (default info)
  -v, --version
  -h, --help

Exit codes: 0 stopped by a signal · 1 could not start, or failed · 2 wrong flag or configuration
`

/** Reads the command line; several problems are told at once. */
export function readFlags(args: readonly string[]): { flags: Flags; problems: readonly Problem[] } {
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true })
  const problems: Problem[] = []
  const add = (where: string, reason: string) => problems.push({ where, field: '', reason })

  for (const token of tokens) {
    if (token.kind === 'positional') add('argument', 'is not expected: every setting is a flag; see --help')
    if (token.kind !== 'option') continue
    if (!Object.hasOwn(OPTIONS, token.name)) {
      const meant = closestKey(token.name, Object.keys(OPTIONS))
      add(token.rawName, `is no flag: ${meant === undefined ? 'see --help' : `did you mean --${meant}?`}`)
    } else if (OPTIONS[token.name as keyof typeof OPTIONS].type === 'string' && !token.value) {
      add(token.rawName, 'needs a value: see --help')
    } else if (OPTIONS[token.name as keyof typeof OPTIONS].type === 'boolean' && token.value !== undefined) {
      add(token.rawName, 'takes no value')
    }
  }

  function check<T>(flag: string, schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    if (value === '') return undefined
    const result = v.safeParse(schema, value, { abortPipeEarly: true })
    if (result.success) return result.output
    add(flag, result.issues[0].message)
    return undefined
  }

  const cameras = new Map<string, string>()
  for (const value of values.camera ?? []) {
    if (typeof value !== 'string' || value === '') continue
    const equals = value.indexOf('=')
    if (equals < 1) {
      add('--camera', 'must be a name and an address: write NAME=ws://HOST:PORT/stream/webrtc')
      continue
    }
    const name = check('--camera', Name, value.slice(0, equals))
    const url = check('--camera', CameraAddress, value.slice(equals + 1) || 'missing')
    if (name === undefined || url === undefined) continue
    if (cameras.has(name)) add('--camera', `has the name ${name} twice: give each camera its own`)
    cameras.set(name, url)
  }
  const port = values['health-port']
  const flags: Flags = {
    help: values.help === true,
    version: values.version === true,
    config: check('--config', v.string(), values.config),
    cloud: check('--cloud', CloudAddress, values.cloud),
    data: check('--data', v.string(), values.data),
    healthPort: check(
      '--health-port',
      HealthPort,
      typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port,
    ),
    logLevel: check('--log-level', Level, values['log-level']),
    cameras,
  }
  return { flags, problems }
}
