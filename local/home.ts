import { join, resolve } from 'node:path'
import type { Clock } from './clock.ts'
import { readJsonLine } from './programs/json-line.ts'
import { type Program, runProgram } from './programs/program.ts'
import { runSimulatedCamera } from './programs/simulated-camera-program.ts'

const PROJECT = resolve(import.meta.dirname, '..')
const CONNECTOR = join(PROJECT, 'dist/connector/mihari-connector.cjs')

/** What stands in for a home when nobody named a camera. */
const SIMULATED = ['porch', 'garden']

export interface HomeOptions {
  readonly cloudUrl: string
  readonly dataFolder: string
  /** `name=url`; none: simulated ones. */
  readonly cameras: readonly string[]
  readonly report: (line: string) => void
  readonly clock: Clock
}

export interface Home {
  /** Ends every call at its camera, then the programs. */
  stop(): Promise<void>
}

/** The cameras and the edge connector, each a program of its own; resolves when the connector is welcomed. */
export async function startHome(options: HomeOptions): Promise<Home> {
  const simulated =
    options.cameras.length === 0 ? SIMULATED.map((name) => runSimulatedCamera(name, options)) : []
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
    programs.push(connector)
    await connector.ready
    return home
  } catch (error) {
    await home.stop()
    throw error
  }
}

function runConnector(
  cameras: readonly string[],
  { cloudUrl, dataFolder, report, clock }: HomeOptions,
): Program {
  const flags = ['--cloud', cloudUrl, '--data', join(dataFolder, 'connector'), '--health-port', 'off']
  return runProgram({
    name: 'edge connector',
    args: () => [CONNECTOR, ...flags, ...cameras.flatMap((camera) => ['--camera', camera])],
    isReady: (line) => readJsonLine(line)['event'] === 'cloud-up',
    report,
    clock,
  })
}
