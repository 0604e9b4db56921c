import { describeProblem } from '../edge-connector/configuration/configuration.ts'
import { readFlags } from '../edge-connector/configuration/read-flags.ts'
import { CloudError } from './checked-description.ts'
import { systemClock } from './clock.ts'
import { HELP, type LocalOptions, readCommandLine } from './command-line.ts'
import { EngineError } from './dynamodb/dynalite-engine.ts'
import type { Faults } from './faults/faults.ts'
import { KeptFileError } from './kept-file.ts'
import { openLogFile } from './log-file.ts'
import { createOutput, type Output, type Ready } from './output.ts'
import { ProgramError } from './programs/program.ts'
import { whenOrphaned } from './programs/when-orphaned.ts'
import { StartError } from './start-error.ts'
import { type Mihari, startMihari } from './start-mihari.ts'
import { SynthesisError } from './template/synthesize.ts'
import { TemplateError } from './template/template-error.ts'
import { CertificateError } from './tls/given-certificate.ts'
import { certificateFingerprint } from './tls/own-certificate.ts'

const EXIT_FAILED = 1
const EXIT_WRONG_USE = 2
const MENDABLE = [
  StartError,
  CertificateError,
  KeptFileError,
  SynthesisError,
  TemplateError,
  CloudError,
  EngineError,
  ProgramError,
]

/** Runs `npm start` with these flags, until it is asked to end; `faults` are for tests. */
export async function runCommandLine(args: readonly string[], faults?: Faults): Promise<void> {
  const commandLine = readCommandLine(args, camerasProblem)
  switch (commandLine.kind) {
    case 'help':
      process.stdout.write(HELP)
      return
    case 'wrong':
      process.stderr.write(`${commandLine.message}\n`)
      process.exitCode = EXIT_WRONG_USE
      return
    case 'start':
      return run(commandLine.options, faults)
    default:
      return commandLine satisfies never
  }
}

async function run(options: LocalOptions, faults: Faults | undefined): Promise<void> {
  const output = createOutput(options.json, (text) => process.stdout.write(text))
  const starting = startLogged(options, faults, output)
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    const running = await starting.catch(() => null)
    if (running !== null) await end(running)
    process.exit(0)
  }
  const end = async (running: Mihari): Promise<void> => {
    const { messagesIn, messagesOut } = running.cloud.meter.snapshot()
    await running.stop()
    output.stopped(messagesIn + messagesOut)
  }
  whenOrphaned(stop)
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    const running = await starting
    if (!stopping) await output.ready(readyOf(running, options))
  } catch (error) {
    output.failed(reasonOf(error))
    process.exit(EXIT_FAILED)
  }
}

async function startLogged(
  options: LocalOptions,
  faults: Faults | undefined,
  output: Output,
): Promise<Mihari> {
  const file = options.logFile === undefined ? undefined : openLogFile(options.logFile)
  return startMihari({
    ...options,
    ...(faults && { faults }),
    clock: systemClock,
    report: output.progress,
    sayPairing: output.pairing,
    ...(file && { programLog: file.program }),
    log(entry) {
      file?.cloud(entry)
      if (entry.kind === 'mail') output.mail(entry)
      if (entry.kind === 'identity-failed') output.warning(`the identity provider failed: ${entry.error}`)
      if (entry.kind === 'refused')
        output.warning(`the cloud refused its own function: ${JSON.stringify(entry)}`)
    },
  })
}

function readyOf({ url, signInLink, socketUrl, own }: Mihari, { cameras, lan }: LocalOptions): Ready {
  const certificate = own && {
    own: { fingerprint: certificateFingerprint(own.cert), certFile: own.certFile },
  }
  return { url, signInLink, cameras, lan: lan !== undefined, socketUrl, ...certificate }
}

/** What a person can mend says so in its message; what is wrong inside shows its stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return MENDABLE.some((kind) => error instanceof kind) ? error.message : (error.stack ?? error.message)
}

/** In the words of the connector, which is what will read them. */
function camerasProblem(cameras: readonly string[]): string | null {
  const [problem] = readFlags(cameras.map((camera) => `--camera=${camera}`)).problems
  return problem === undefined ? null : describeProblem(problem)
}
