import { join, resolve } from 'node:path'
import type { Clock } from '../clock.ts'
import { readJsonLine } from '../programs/json-line.ts'
import { type Program, type ProgramLog, runProgram } from '../programs/program.ts'
import { runSimulatedCamera } from '../programs/simulated-camera-program.ts'
import { boxPairing } from './box-pairing.ts'
import { type BoxCloud, pairBox, readPairingLink } from './pair-box.ts'

const PROJECT = resolve(import.meta.dirname, '../..')
const CONNECTOR = join(PROJECT, 'dist/connector/mihari-connector.cjs')

/** What stands in for a home when nobody named a camera. */
const SIMULATED = ['porch', 'garden']

export interface HomeOptions {
  readonly cloud: BoxCloud
  /** File of a certificate to trust beside the known authorities. */
  readonly caFile?: string
  readonly dataFolder: string
  /** `name=url`; none: simulated ones. */
  readonly cameras: readonly string[]
  readonly report: (line: string) => void
  /** The link of a connector that its owner has unpaired. */
  readonly sayPairing: (link: string) => void
  readonly programLog: ProgramLog
  readonly clock: Clock
}

export interface Home {
  /** Ends every call at its camera, then the programs. */
  stop(): Promise<void>
}

/**
 * The cameras and the edge connector, each a program of its own; resolves when the connector is welcomed as one that
 * is paired, or waits for its owner to pair it again. Only this connector is paired without anybody asking for it: it is this box's own.
 */
export async function startHome(options: HomeOptions): Promise<Home> {
  const simulated =
    options.cameras.length === 0
      ? SIMULATED.map((name) => runSimulatedCamera(name, { ...options, log: options.programLog }))
      : []
  const programs: Program[] = simulated.map(({ program }) => program)
  const home: Home = {
    async stop() {
      // The connector first: it still has to hang up at the cameras.
      for (const program of programs.toReversed()) await program.stop()
    },
  }
  try {
    await Promise.all(programs.map(({ ready }) => ready))
    const cameras = [...options.cameras, ...simulated.map(({ name, url }) => `${name}=${url()}`)]
    const connector = runConnector(cameras, options)
    programs.push(connector.program)
    await Promise.race([connector.program.ready, connector.waiting])
    return home
  } catch (error) {
    await home.stop()
    throw error
  }
}

function runConnector(cameras: readonly string[], options: HomeOptions) {
  const { cloud, caFile, dataFolder, report, sayPairing, programLog, clock } = options
  const folder = join(dataFolder, 'connector')
  const flags = ['--cloud', cloud.socketUrl, '--data', folder, '--health-port', 'off']
  const waiting = Promise.withResolvers<void>()
  const pairing = boxPairing({
    folder,
    claim: (link) => void pairBox(cloud, link).catch(waiting.reject),
    say(link) {
      sayPairing(link)
      waiting.resolve()
    },
  })
  const program = runProgram({
    name: 'edge connector',
    args: () => [CONNECTOR, ...flags, ...cameras.flatMap((camera) => ['--camera', camera])],
    isReady: isUp,
    onLine(line) {
      programLog('edge connector', line)
      if (isUp(line)) pairing.paired()
    },
    onMessage(message) {
      const link = readPairingLink(message)
      if (link !== undefined) pairing.waits(link)
    },
    ...(caFile === undefined ? {} : { env: { NODE_EXTRA_CA_CERTS: caFile } }),
    report,
    clock,
  })
  return { program, waiting: waiting.promise }
}

/** It says so only where it is paired. */
function isUp(line: string): boolean {
  return readJsonLine(line)['event'] === 'cloud-up'
}
