import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { checkedDescription } from './checked-description.ts'
import type { Clock } from './clock.ts'
import type { CloudLog } from './cloud-log.ts'
import { lockFolder } from './dynamodb/folder-lock.ts'
import { openTables } from './dynamodb/tables.ts'
import type { Faults } from './faults/faults.ts'
import { createFunctions } from './functions/functions.ts'
import { createConnectionsEndpoint } from './gateway/connections-endpoint.ts'
import { createGateway, upgradeToStage } from './gateway/gateway.ts'
import { createLeg, type Leg } from './gateway/leg.ts'
import { ACCOUNT_REQUESTS, MAX_HEADER_BYTES, NEW_CONNECTIONS } from './gateway/limits.ts'
import { createThrottle } from './gateway/throttle.ts'
import type { Refusal } from './iam/refusal.ts'
import { type Identity, openIdentity } from './identity/identity.ts'
import type { Mail } from './identity/mail.ts'
import { createUserPoolService } from './identity/user-pool-service.ts'
import { type Listener, openListener, type TlsKeyPair } from './listener.ts'
import { createMeter, type Meter } from './meter.ts'
import { answerServices } from './services.ts'
import { besideSite } from './site/beside-site.ts'
import type {
  CloudDescription,
  LocalAddresses,
  SiteDescription,
  UserPoolDescription,
} from './template/cloud-description.ts'

export interface CloudOptions {
  /** Says what to run, once the addresses are known under which it will run. */
  describe(addresses: LocalAddresses): CloudDescription | Promise<CloudDescription>
  createSite(site: SiteDescription): RequestListener
  /** Where to listen; undefined: on every address of the machine. */
  readonly host: string | undefined
  /** The one name or address that the site goes by; localhost unless given. */
  readonly name?: string
  readonly tls?: TlsKeyPair
  /** 0 takes any free one. */
  readonly port: number
  /** Where tables and people are kept between starts; `memory` forgets them. */
  readonly dataFolder: string | 'memory'
  /** One-way delay on every leg between a client and the cloud. */
  readonly latencyMs: number
  readonly clock: Clock
  readonly log: CloudLog
  readonly instanceLimit?: number
  /** Stands between each leg and the gateway, for who measures. */
  readonly observeLeg?: (leg: Leg) => Leg
  /** For tests. Its clock is then this cloud's, and it is this cloud's alone. */
  readonly faults?: Faults
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
  /** The user pool, where the template has one. */
  readonly identity: Identity | undefined
  /** The functions start anew, with nothing of what they hold. Settles when nothing is left of the warm ones. */
  retireFunctions(): Promise<void>
  /** For connections from now on. */
  renewTls(tls: TlsKeyPair): void
  close(): Promise<void>
}

type CleanUp = () => unknown

/** Browsers give it a secure context without a certificate. */
const LOCALHOST = 'localhost'

const SERVICES_HOST = '127.0.0.1'

/** A frozen function cannot see that its idle connections were closed, so they are not. */
const SERVICES_SETTINGS = { keepAliveTimeout: 0, requestTimeout: 0 }

export async function startCloud(given: CloudOptions): Promise<CloudStart> {
  const options = given.faults ? { ...given, clock: given.faults.clock } : given
  const cleanUps: CleanUp[] = []
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  }
  try {
    const lock = options.dataFolder === 'memory' ? undefined : lockFolder(options.dataFolder)
    if (lock === 'in-use') return { kind: 'folder-in-use', folder: options.dataFolder }
    if (lock) cleanUps.push(() => lock.release())
    const site = await openListener(options.host, options.port, {
      maxHeaderSize: MAX_HEADER_BYTES,
      ...(options.tls && {
        tls: { ...options.tls, origin: (port: number) => publicAddresses(options, port).site },
      }),
    })
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
  const { clock, log, dataFolder, observeLeg = (leg) => leg, faults } = options
  const services = await openListener(SERVICES_HOST, 0, SERVICES_SETTINGS)
  if (services === 'port-taken') throw new Error('No free port for the internal services')
  cleanUps.push(() => services.close())
  const servicesUrl = `http://${SERVICES_HOST}:${services.port}`
  const addresses: LocalAddresses = {
    ...publicAddresses(options, site.port),
    connections: servicesUrl,
    keySet: servicesUrl,
  }
  const description = checkedDescription(await options.describe(addresses))
  const meter = createMeter(clock.now)
  const onRefused = (refusal: Refusal) => log({ kind: 'refused', ...refusal })

  const callerOf = (accessKeyId: string) => functions.callerOf(accessKeyId)
  const identity = await openPool(description.userPools, options)
  cleanUps.push(() => identity?.close())
  const tables = await openTables({
    descriptions: description.tables,
    ...(dataFolder === 'memory' ? {} : { folder: join(dataFolder, 'tables') }),
    clock,
    callerOf,
    onRefused,
    onConsumed: (consumed) => meter.record({ kind: 'capacity', ...consumed }),
    ...(faults && { faultOfRequest: faults.ofRequest }),
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
  faults?.onCold(functions.retireInstances)

  const accountRequests = createThrottle(ACCOUNT_REQUESTS)
  const newConnections = createThrottle(NEW_CONNECTIONS)
  const byArn = new Map(description.functions.map((one) => [one.arn, one]))
  const gateways = description.socketApis.map((api) =>
    createGateway({
      api,
      invoke: faults ? faults.invoking(functions.invoke) : functions.invoke,
      functionByArn: (arn) => byArn.get(arn),
      clock,
      toCloud: observeLeg(createLeg(clock, options.latencyMs)),
      toClient: observeLeg(createLeg(clock, options.latencyMs)),
      newConnections,
      accountRequests,
      onAccess: (line) => log({ kind: 'access', line }),
      onMetered: meter.record,
      ...(faults && { faults: faults.gateway }),
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
    ...(faults && { faultOfPost: faults.ofPost }),
  })
  const onMail = mailTo(log)
  services.serve(
    answerServices({
      tables: tables.handle,
      connections: connections.handle,
      userPool: identity && {
        id: identity.pool.id,
        operations: createUserPoolService({ identity, callerOf, onRefused, onMail }).handle,
        answerKeySet: identity.answerKeySet,
      },
    }),
  )
  const [siteDescription] = description.sites
  const pages = siteDescription ? options.createSite(siteDescription) : noSite
  site.serve(besideSite(identity, addresses.site, pages))
  site.onUpgrade(upgradeToStage(gateways))
  return {
    url: addresses.site,
    addresses,
    meter,
    identity,
    retireFunctions: functions.retireInstances,
    renewTls: site.renewTls,
  }
}

async function openPool(
  [pool]: readonly UserPoolDescription[],
  { dataFolder, clock, log }: CloudOptions,
): Promise<Identity | undefined> {
  if (!pool) return undefined
  return openIdentity({
    pool,
    folder: dataFolder === 'memory' ? 'memory' : join(dataFolder, 'identity'),
    clock,
    onMail: mailTo(log),
    onFailed: (error) => log({ kind: 'identity-failed', error: error.stack ?? error.message }),
  })
}

function mailTo(log: CloudLog) {
  return (mail: Mail) => log({ kind: 'mail', ...mail })
}

const noSite: RequestListener = (_, response) => void response.writeHead(404).end()

/** As a browser writes them: without the port where that is the scheme's own. */
function publicAddresses({ name = LOCALHOST, tls }: CloudOptions, port: number) {
  const address = (scheme: string) => new URL(`${scheme}://${name}:${port}`).origin
  return tls
    ? { site: address('https'), socket: address('wss') }
    : { site: address('http'), socket: address('ws') }
}
