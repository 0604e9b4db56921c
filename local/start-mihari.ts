import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildWhenChanged } from './build-when-changed.ts'
import type { Clock } from './clock.ts'
import { type Cloud, startCloud } from './cloud.ts'
import type { CloudLog } from './cloud-log.ts'
import type { Leg } from './gateway/leg.ts'
import { type Home, startHome } from './home.ts'
import { createSite } from './site/create-site.ts'
import { describeCloud } from './template/describe-cloud.ts'
import { synthesize } from './template/synthesize.ts'

const ASSEMBLIES = resolve(import.meta.dirname, '../dist/cdk.out')
const HOST = '127.0.0.1'

export interface StartOptions {
  readonly port: number
  readonly dataFolder: string
  readonly latencyMs: number
  /** `name=url`; none: two simulated cameras. */
  readonly cameras: readonly string[]
  readonly clock: Clock
  readonly log: CloudLog
  /** A sentence on what is going on, for whoever waits. */
  readonly report: (line: string) => void
  /** Stands between each leg and the cloud, for who measures. */
  readonly observeLeg?: (leg: Leg) => Leg
}

export interface Mihari {
  readonly url: string
  readonly cloud: Cloud
  stop(): Promise<void>
}

/** A person can do something about it; the message says what. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Builds, synthesizes, and runs the cloud of the template with a home beside it. */
export async function startMihari(options: StartOptions): Promise<Mihari> {
  const cloud = await startBackend(options)
  options.report('starting the edge connector and the cameras')
  let home: Home
  try {
    home = await startHome({ ...options, cloudUrl: await socketUrl(cloud.url) })
  } catch (error) {
    await cloud.close()
    throw error
  }
  return {
    url: `${cloud.url}/`,
    cloud,
    async stop() {
      await home.stop()
      await cloud.close()
    },
  }
}

export async function startBackend(options: Omit<StartOptions, 'cameras'>): Promise<Cloud> {
  const { report, port, dataFolder } = options
  const assembly = await synthesizeBuilt(report)
  report('starting the cloud')
  const folder = makeFolder(dataFolder)
  const started = await startCloud({
    ...options,
    describe: (addresses) => describeCloud(assembly, addresses),
    createSite,
    host: HOST,
    dataFolder: join(folder, 'cloud'),
  })
  switch (started.kind) {
    case 'started':
      return started.cloud
    case 'port-taken':
      throw new StartError(
        `Port ${port} is taken. Stop what uses it, or choose another: npm start -- --port ${port + 1}`,
      )
    case 'folder-in-use':
      throw new StartError(
        `Another Mihari runs on ${dataFolder}. Stop it, or give this one a folder of its own: npm start -- --data DIR`,
      )
  }
}

function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    return folder
  } catch (cause) {
    throw new StartError(`${folder} cannot be a folder for the data. Name another: npm start -- --data DIR`, {
      cause,
    })
  }
}

/** The folder of the stack as it is now. */
export async function synthesizeBuilt(report: (step: string) => void): Promise<string> {
  await buildWhenChanged(report)
  return synthesize({ parentFolder: ASSEMBLIES, report })
}

/** As every client learns it: from the site. */
export async function socketUrl(siteUrl: string): Promise<string> {
  const config: unknown = await (await fetch(new URL('/config.json', siteUrl))).json()
  if (typeof config === 'object' && config !== null && 'socket' in config) return String(config.socket)
  throw new Error('the site has no config.json with the address of the socket')
}
