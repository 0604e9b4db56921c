import { join, resolve } from 'node:path'
import { makeFolder } from '../edge-connector/identity/make-folder.ts'
import { buildWhenChanged } from './build-when-changed.ts'
import type { Clock } from './clock.ts'
import { type Cloud, startCloud } from './cloud.ts'
import type { CloudLog } from './cloud-log.ts'
import type { Faults } from './faults/faults.ts'
import { type Front, type LanOptions, openFront } from './front.ts'
import type { Leg } from './gateway/leg.ts'
import { type Home, startHome } from './home/home.ts'
import type { ProgramLog } from './programs/program.ts'
import { sendHttp } from './send-http.ts'
import { createSite } from './site/create-site.ts'
import { StartError } from './start-error.ts'
import { describeCloud } from './template/describe-cloud.ts'
import { synthesize } from './template/synthesize.ts'
import type { CertificateFiles } from './tls/certificate-files.ts'
import { reloadCertificate } from './tls/reload-certificate.ts'

const ASSEMBLIES = resolve(import.meta.dirname, '../dist/cdk.out')

export interface StartOptions {
  readonly port: number
  readonly dataFolder: string
  readonly latencyMs: number
  /** `name=url`; none: two simulated cameras. */
  readonly cameras: readonly string[]
  /** Without it, only this machine can open the page. */
  readonly lan?: LanOptions
  readonly clock: Clock
  readonly log: CloudLog
  readonly programLog?: ProgramLog
  /** A sentence on what is going on, for whoever waits. */
  readonly report: (line: string) => void
  /** The link of the connector at home, which its owner has unpaired. */
  readonly sayPairing?: (link: string) => void
  /** Stands between each leg and the cloud, for who measures. */
  readonly observeLeg?: (leg: Leg) => Leg
  /** For tests. */
  readonly faults?: Faults
}

export interface Mihari {
  readonly url: string
  /** Signs the owner in, for as long as this runs. */
  readonly signInLink: string
  readonly socketUrl: string
  /** What the site shows, when nobody vouches for it. */
  readonly own?: CertificateFiles
  readonly cloud: Cloud
  stop(): Promise<void>
}

interface Backend {
  readonly cloud: Cloud
  readonly front: Front
}

/** Builds, synthesizes, and runs the cloud of the template with a home beside it. */
export async function startMihari(options: StartOptions): Promise<Mihari> {
  const { cloud, front } = await startFronted(options)
  const { certificate } = front
  const signInLink = cloud.identity?.signInLink ?? ''
  options.report('starting the edge connector and the cameras')
  let home: Home
  let socket: string
  try {
    const ca = certificate && { ca: certificate.cert }
    socket = await socketUrl(cloud.url, certificate?.cert)
    home = await startHome({
      ...options,
      programLog: options.programLog ?? (() => undefined),
      sayPairing: options.sayPairing ?? (() => undefined),
      cloud: {
        siteUrl: cloud.url,
        socketUrl: socket,
        signInLink,
        ...ca,
      },
      ...(certificate && { caFile: certificate.certFile }),
    })
  } catch (error) {
    await cloud.close()
    throw error
  }
  const stopReloading = reloadGiven(options, front, cloud)
  return {
    url: `${cloud.url}/`,
    signInLink,
    socketUrl: socket,
    ...(certificate?.own && { own: certificate }),
    cloud,
    async stop() {
      stopReloading()
      await home.stop()
      await cloud.close()
    },
  }
}

export async function startBackend(options: Omit<StartOptions, 'cameras'>): Promise<Cloud> {
  return (await startFronted(options)).cloud
}

async function startFronted(options: Omit<StartOptions, 'cameras'>): Promise<Backend> {
  const { report, port, dataFolder, clock, lan } = options
  const assembly = await synthesizeBuilt(report)
  report('starting the cloud')
  const folder = makeDataFolder(dataFolder)
  const front = await openFront({ lan, dataFolder: folder, now: clock.now() })
  const { certificate } = front
  const started = await startCloud({
    ...options,
    describe: (addresses) => describeCloud(assembly, addresses),
    // To insist on a certificate that a browser can only be told to put up with would lock everybody out.
    createSite: (site) => createSite(site, { strictTransport: certificate?.own === false }),
    host: front.host,
    name: front.name,
    ...(certificate && { tls: certificate }),
    dataFolder: join(folder, 'cloud'),
  })
  switch (started.kind) {
    case 'started':
      return { cloud: started.cloud, front }
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

function reloadGiven(
  { lan, clock, report }: StartOptions,
  { name, certificate }: Front,
  { renewTls }: Cloud,
): () => void {
  if (!lan?.certificate || !certificate) return () => {}
  const shown = certificate.cert
  return reloadCertificate({ given: lan.certificate, shown, host: name, clock, onRenewed: renewTls, report })
}

function makeDataFolder(folder: string): string {
  try {
    makeFolder(folder, 0o777)
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

/** As every client learns it: from the site. `ca`: PEM of a certificate to trust beside the known authorities. */
export async function socketUrl(siteUrl: string, ca?: string): Promise<string> {
  const { body } = await sendHttp(new URL('/config.json', siteUrl).href, ca === undefined ? {} : { ca })
  const config: unknown = JSON.parse(body)
  if (typeof config === 'object' && config !== null && 'socket' in config) return String(config.socket)
  throw new Error('the site has no config.json with the address of the socket')
}
