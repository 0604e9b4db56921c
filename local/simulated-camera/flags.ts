import { parseArgs } from 'node:util'
import { NO_QUIRKS } from './quirks.ts'
import type { SimulatedCameraOptions } from './simulated-camera.ts'

export type Flags =
  | { readonly kind: 'run'; readonly options: SimulatedCameraOptions; readonly json: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }

const MOST_MS = 24 * 60 * 60 * 1000

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  path: { type: 'string' },
  name: { type: 'string' },
  'max-streams': { type: 'string' },
  fps: { type: 'string' },
  password: { type: 'string' },
  tls: { type: 'boolean' },
  'one-feed': { type: 'boolean' },
  'slow-start': { type: 'string' },
  'no-trickle': { type: 'boolean' },
  refuse: { type: 'string' },
  'die-after': { type: 'string' },
  'early-candidates': { type: 'boolean' },
  'object-data': { type: 'boolean' },
  'sticky-busy': { type: 'string' },
  garbage: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

export const USAGE = `A simulated UV4L camera: UV4L's signalling and real encoded video.

  --port N            where to listen (default 4300; 0 takes a free one)
  --host ADDRESS      default 127.0.0.1
  --path PATH         default /stream/webrtc
  --name NAME         shown in the picture (default camera)
  --max-streams N     streams served at once (default 3)
  --fps N             pictures a second (default 30)
  --password TEXT     asks for HTTP Basic, user "user"
  --tls               wss, with a certificate that nobody vouches for
  --json              says when it is ready as one JSON object

What real cameras do:
  --one-feed          serves one stream at a time
  --slow-start MS     takes this long before it offers
  --no-trickle        sends its candidates in one batch, whatever was asked
  --refuse TEXT       answers every call with this message
  --die-after MS      vanishes without a word after playing this long
  --early-candidates  sends its candidates before its offer
  --object-data       sends data as objects instead of JSON text
  --sticky-busy MS    keeps a stream taken after its socket closed without hangup
  --garbage           sends garbage where the offer belongs
`

export function parseFlags(args: readonly string[]): Flags {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS })
    return values.help ? { kind: 'help' } : run(values)
  } catch (error) {
    return { kind: 'wrong', problem: problemOf(error) }
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values']

function run(values: Values): Flags {
  const path = values.path ?? '/stream/webrtc'
  if (!path.startsWith('/')) throw new BadFlag(`--path must begin with /: ${path}`)
  const quirks = {
    oneFeed: values['one-feed'] ?? false,
    slowStartMs: wholeNumber('--slow-start', values['slow-start'], 0, MOST_MS) ?? NO_QUIRKS.slowStartMs,
    noTrickle: values['no-trickle'] ?? false,
    refuse: values.refuse,
    dieAfterMs: wholeNumber('--die-after', values['die-after'], 0, MOST_MS),
    earlyCandidates: values['early-candidates'] ?? false,
    objectData: values['object-data'] ?? false,
    stickyBusyMs: wholeNumber('--sticky-busy', values['sticky-busy'], 0, MOST_MS) ?? NO_QUIRKS.stickyBusyMs,
    garbage: values.garbage ?? false,
  }
  const framesPerSecond = wholeNumber('--fps', values.fps, 1, 60)
  const options: SimulatedCameraOptions = {
    port: wholeNumber('--port', values.port, 0, 65_535) ?? 4300,
    host: values.host ?? '127.0.0.1',
    path,
    name: values.name ?? 'camera',
    maxStreams: wholeNumber('--max-streams', values['max-streams'], 1, 100) ?? 3,
    tls: values.tls ?? false,
    quirks,
    ...(framesPerSecond === undefined ? {} : { framesPerSecond }),
    ...(values.password === undefined ? {} : { password: values.password }),
  }
  return { kind: 'run', options, json: values.json ?? false }
}

class BadFlag extends Error {}

function wholeNumber(flag: string, text: string | undefined, least: number, most: number) {
  if (text === undefined) return undefined
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new BadFlag(`${flag} must be a whole number from ${least} to ${most}: ${text}`)
}

function problemOf(error: unknown): string {
  if (error instanceof BadFlag) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // Node's texts go on with advice of several sentences and lines.
  if (error instanceof Error && code.startsWith('ERR_PARSE_ARGS'))
    return error.message.split(/\.\s|\n/)[0] ?? code
  throw error
}
