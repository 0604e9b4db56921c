import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { checkedDescription } from './checked-description.ts'
import type { Clock } from './clock.ts'
import type { CloudLog } from './cloud-log.ts'
import { lockFolder } from './dynamodb/folder-lock.ts'
import { openTables } from './dynamodb/tables.ts'
import { createFunctions } from './functions/functions.ts'
import { createConnectionsEndpoint } from './gateway/connections-endpoint.ts'
import { createGateway, upgradeToStage } from './gateway/gateway.ts'
import { createLeg, type Leg } from './gateway/leg.ts'
import { ACCOUNT_REQUESTS, MAX_HEADER_BYTES, NEW_CONNECTIONS } from './gateway/limits.ts'
import { createThrottle } from './gateway/throttle.ts'
import type { Refusal } from './iam/refusal.ts'
import { type Listener, openListener } from './listener.ts'
import { createMeter, type Meter } from './meter.ts'
import { answerServices } from './services.ts'
import type { CloudDescription, LocalAddresses, SiteDescription } from './template/cloud-description.ts'

export interface CloudOptions {
  /** Says what to run, once the addresses are known under which it will run. */
  describe(addresses: LocalAddresses): CloudDescription | Promise<CloudDescription>
  createSite(site: SiteDescription): RequestListener
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** Where the tables are kept between starts; `memory` forgets them. */
  readonly dataFolder: string | 'memory'
  /** One-way delay on every leg between a client and the cloud. */
  readonly latencyMs: number
  readonly clock: Clock
  readonly log: CloudLog
  readonly instanceLimit?: number
  /** Stands between each leg and the gateway, for who measures. */
  readonly observeLeg?: (leg: Leg) => Leg
}

export type CloudStart =
  | { readonly kind: 'started'; readonly cloud: Cloud }
  | { readonly kind: 'port-taken'; readonly port: number }
  | { readonly kind: 'folder-in-use'; readonly folder: string }

export interface Cloud {
  /** Of the site, without a slash at the end. */
  readonly url: string
  readonly addresses: LocalAddresses
  readonly meter: Meter
  close(): Promise<void>
}

type CleanUp = () => unknown

const SERVICES_HOST = '127.0.0.1'

/** A frozen function cannot see that its idle connections were closed, so they are not. */
const SERVICES_SETTINGS = { keepAliveTimeout: 0, requestTimeout: 0 }

export async function startCloud(options: CloudOptions): Promise<CloudStart> {
  const cleanUps: CleanUp[] = []
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  }
  try {
    const lock = options.dataFolder === 'memory' ? undefined : lockFolder(options.dataFolder)
    if (lock === 'in-use') return { kind: 'folder-in-use', folder: options.dataFolder }
    if (lock) cleanUps.push(() => lock.release())
    const site = await openListener(options.host, options.port, { maxHeaderSize: MAX_HEADER_BYTES })
    if (site === 'port-taken') {
      await close()
      return { kind: 'port-taken', port: options.port }
    }
    cleanUps.push(() => site.close())
    return { kind: 'started', cloud: { ...(await run(options, site, cleanUps)), close } }
  } catch (error) {
    await close()
    throw error
  }
}

async function run(
  options: CloudOptions,
  site: Listener,
  cleanUps: CleanUp[],
): Promise<Omit<Cloud, 'close'>> {
  const { clock, log, dataFolder, observeLeg = (leg) => leg } = options
  const services = await openListener(SERVICES_HOST, 0, SERVICES_SETTINGS)
  if (services === 'port-taken') throw new Error('No free port for the internal services')
  cleanUps.push(() => services.close())
  const origin = `${nameOf(options.host)}:${site.port}`
  const servicesUrl = `http://${SERVICES_HOST}:${services.port}`
  const addresses = { site: `http://${origin}`, socket: `ws://${origin}`, connections: servicesUrl }
  const description = checkedDescription(await options.describe(addresses))
  const meter = createMeter(clock.now)
  const onRefused = (refusal: Refusal) => log({ kind: 'refused', ...refusal })

  const callerOf = (accessKeyId: string) => functions.callerOf(accessKeyId)
  const tables = await openTables({
    descriptions: description.tables,
    ...(dataFolder === 'memory' ? {} : { folder: join(dataFolder, 'tables') }),
    clock,
    callerOf,
    onRefused,
    onConsumed: (consumed) => meter.record({ kind: 'capacity', ...consumed }),
  })
  cleanUps.push(() => tables.close())
  const functions = createFunctions({
    descriptions: description.functions,
    servicesUrl,
    clock,
    onLine: (line) => log({ kind: 'function-line', ...line }),
    onReport(report) {
      const billedMs = report.durationMs + (report.initMs ?? 0)
      meter.record({ kind: 'invocation', memoryMb: report.memoryMb, billedMs })
      log({ kind: 'invocation', ...report })
    },
    ...(options.instanceLimit === undefined ? {} : { instanceLimit: options.instanceLimit }),
  })
  cleanUps.push(() => functions.close())

  const accountRequests = createThrottle(ACCOUNT_REQUESTS)
  const newConnections = createThrottle(NEW_CONNECTIONS)
  const byArn = new Map(description.functions.map((one) => [one.arn, one]))
  const gateways = description.socketApis.map((api) =>
    createGateway({
      api,
      invoke: functions.invoke,
      functionByArn: (arn) => byArn.get(arn),
      clock,
      toCloud: observeLeg(createLeg(clock, options.latencyMs)),
      toClient: observeLeg(createLeg(clock, options.latencyMs)),
      newConnections,
      accountRequests,
      onAccess: (line) => log({ kind: 'access', line }),
      onMetered: meter.record,
    }),
  )
  cleanUps.push(() => {
    for (const gateway of gateways) gateway.close()
  })
  const connections = createConnectionsEndpoint({
    gateways,
    callerOf,
    accountRequests,
    onRefused,
    now: clock.now,
  })
  services.serve(answerServices({ tables: tables.handle, connections: connections.handle }))
  const [siteDescription] = description.sites
  site.serve(siteDescription ? options.createSite(siteDescription) : noSite)
  site.server.on('upgrade', upgradeToStage(gateways))
  return { url: addresses.site, addresses, meter }
}

const noSite: RequestListener = (_, response) => void response.writeHead(404).end()

/** Browsers give localhost a secure context, and it names the listeners on every address as well. */
function nameOf(host: string): string {
  return ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host
}
