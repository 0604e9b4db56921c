import { isIP } from 'node:net'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import type { LanOptions } from './front.ts'

/** What a person can ask of `npm start`. */
export interface LocalOptions {
  readonly port: number
  readonly dataFolder: string
  /** One-way delay that the gateway adds to every leg, in milliseconds. */
  readonly latencyMs: number
  readonly json: boolean
  /** Where everything is written that goes on inside. */
  readonly logFile?: string
  /** `name=url` each, as the connector takes them; none: two simulated cameras. */
  readonly cameras: readonly string[]
  readonly lan?: LanOptions
}

export type CommandLine =
  | { readonly kind: 'start'; readonly options: LocalOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }

export const HELP = `Usage: npm start -- [options]

Runs all of Mihari on this machine: the signalling backend, the web app, an edge connector and, unless
--camera is given, two simulated UV4L cameras.

  --camera NAME=URL   a UV4L camera, e.g. "porch=ws://192.168.0.100:4300/stream/webrtc"; repeatable
  --port PORT         where the page is served (default 8080; 0 takes a free one)
  --data DIR          where everything is kept between starts (default .mihari)
  --latency MS        one-way delay that is added to every leg of the signalling (default 0)
  --lan               lets phones and other machines of your network open the page, by https
  --host NAME         with --lan: the name or IPv4 address that they go by (default: this machine's own address)
  --tls-cert FILE     with --lan: a certificate of your own for that name (PEM, with its chain); without it the
  --tls-key FILE      box makes one that browsers will ask you about
  --log FILE          what goes on inside, appended line by line: functions, gateway, connector, cameras
  --json              one JSON object per line instead of the banner
  --help              this text
`

const MAX_LATENCY_MS = 10_000

const OPTIONS = {
  help: { type: 'boolean', short: 'h', default: false },
  camera: { type: 'string', multiple: true, default: [] },
  port: { type: 'string', default: '8080' },
  data: { type: 'string', default: '.mihari' },
  latency: { type: 'string', default: '0' },
  log: { type: 'string' },
  lan: { type: 'boolean', default: false },
  host: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  json: { type: 'boolean', default: false },
} satisfies ParseArgsOptionsConfig

export function readCommandLine(
  args: readonly string[],
  camerasProblem: (cameras: readonly string[]) => string | null,
): CommandLine {
  const parsed = parseFlags(args)
  if (typeof parsed === 'string') return wrong(parsed)
  const { help, port, latency, data, json, camera, log } = parsed
  if (help) return { kind: 'help' }

  const portNumber = wholeNumber(port)
  if (portNumber === null || portNumber > 65_535)
    return wrong(`--port takes a number from 0 to 65535, not "${port}"`)
  const latencyMs = wholeNumber(latency)
  if (latencyMs === null || latencyMs > MAX_LATENCY_MS) {
    return wrong(`--latency takes milliseconds from 0 to ${MAX_LATENCY_MS}, not "${latency}"`)
  }
  if (data === '') return wrong('--data takes a folder')
  if (log === '') return wrong('--log takes a file')
  const reason = camerasProblem(camera)
  if (reason !== null) return wrong(reason)
  const lan = readLan(parsed)
  if (typeof lan === 'string') return wrong(lan)
  const options = { port: portNumber, dataFolder: data, latencyMs, json, cameras: camera }
  const logged = log === undefined ? {} : { logFile: log }
  return { kind: 'start', options: { ...options, ...(lan && { lan }), ...logged } }
}

/** What of the flags is about the network; a sentence when it is wrong. */
function readLan(flags: {
  readonly lan: boolean
  readonly host?: string
  readonly 'tls-cert'?: string
  readonly 'tls-key'?: string
}): LanOptions | undefined | string {
  const { lan, 'tls-cert': certFile, 'tls-key': keyFile } = flags
  const host = flags.host?.toLowerCase()
  if (!lan) {
    const without = (['host', 'tls-cert', 'tls-key'] as const).find((flag) => flags[flag] !== undefined)
    return without && `--${without} is about the network: it needs --lan`
  }
  if (host !== undefined && !isHost(host)) {
    return `--host takes a name or an IPv4 address without port, not "${flags.host}"`
  }
  if ((certFile === undefined) !== (keyFile === undefined)) {
    return '--tls-cert and --tls-key need each other'
  }
  return {
    ...(host !== undefined && { host }),
    ...(certFile !== undefined && keyFile !== undefined && { certificate: { certFile, keyFile } }),
  }
}

/** As a browser writes it: what looks like an address but is none would become another one there. */
function isHost(text: string): boolean {
  if (isIP(text) === 4) return true
  return (
    text.length <= 253 &&
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
  )
}

function parseFlags(args: readonly string[]) {
  return flagsProblem(args) ?? parseArgs({ args: [...args], options: OPTIONS }).values
}

/** Node's own words on a wrong flag speak to whoever programs one. */
function flagsProblem(args: readonly string[]): string | undefined {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'positional') return `"${token.value}" is not expected: every setting is a flag`
    if (token.kind !== 'option') continue
    if (!isFlag(token.name)) return `${token.rawName} is no flag`
    const takesValue = OPTIONS[token.name].type === 'string'
    if (!takesValue && token.value !== undefined) return `${token.rawName} takes no value`
    // What follows is rather the next flag than a value.
    const isValue = token.value !== undefined && (token.inlineValue || !token.value.startsWith('-'))
    if (takesValue && !isValue) return `${token.rawName} needs a value`
  }
  return undefined
}

function isFlag(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name)
}

function wrong(message: string): CommandLine {
  return { kind: 'wrong', message: `${message} (see npm start -- --help)` }
}

function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text) ? Number(text) : null
}
