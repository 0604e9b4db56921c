import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setDefaultAutoSelectFamily, setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { homedir } from 'node:os'
import { systemClock } from './clock/clock.ts'
import type { Configuration } from './configuration/configuration.ts'
import { describeProblem } from './configuration/configuration.ts'
import { readConfiguration } from './configuration/read-configuration.ts'
import { HELP } from './configuration/read-flags.ts'
import { startConnector } from './connector.ts'
import { EXIT_CONFIGURATION, EXIT_FAILED, EXIT_REPLACED, EXIT_STOPPED } from './exit-codes.ts'
import { startHealthServer } from './health/health-server.ts'
import { loadIdentity } from './identity/device-key.ts'
import { assertNever } from './lifecycle/assert-never.ts'
import { createLog } from './log/log.ts'
import { createNotices } from './pairing/notices.ts'
import { createServiceManager, systemdNotify } from './service/service-manager.ts'
import { SOFTWARE } from './software-version.ts'

/** Every call has hung up and every socket closed well before; this is for what never answers. */
const STOP_TIMEOUT_MS = 2_800

/** When the packet that opens a connection would be sent again; the answer to one may take half of that. */
const NEXT_ADDRESS_MS = 1_000

// Node 18 tries only the first address of a name by itself: of `localhost` that is ::1, where nobody may listen.
setDefaultAutoSelectFamily?.(true)
setDefaultAutoSelectFamilyAttemptTimeout?.(NEXT_ADDRESS_MS)

void main()

async function main(): Promise<void> {
  const reading = await readConfiguration(process.argv.slice(2), {
    readText: (file) => readFileSync(file, 'utf8'),
    env: process.env,
    home: homedir(),
  })
  switch (reading.kind) {
    case 'help':
      process.stdout.write(HELP)
      return
    case 'version':
      process.stdout.write(`${SOFTWARE.version}\n`)
      return
    case 'problems':
      process.stderr.write(`${reading.problems.map(describeProblem).join('\n')}\n`)
      process.exitCode = EXIT_CONFIGURATION
      return
    case 'configuration':
      return run(reading.configuration)
    default:
      return assertNever(reading)
  }
}

async function run(configuration: Configuration): Promise<void> {
  const log = createLog(
    configuration.logLevel,
    (line) => process.stdout.write(line),
    () => new Date(),
  )
  // Whoever read the log may go; the pictures stay.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})

  const identity = loadIdentity(configuration.dataDirectory)
  if (!identity.ok) return fail(identity.reason)
  const { healthPort } = configuration
  const health = healthPort === 'off' ? null : await startHealthServer(healthPort, () => connector.report())
  if (health !== null && !health.ok) return fail(health.reason)
  const { signer, made } = identity
  const manager = createServiceManager({
    ...{ tell: systemdNotify, env: process.env, pid: process.pid, clock: systemClock, log },
  })
  const connector = startConnector(configuration, signer, {
    clock: systemClock,
    wallClock: Date.now,
    log,
    random: Math.random,
    randomBytes,
    standing: manager.standing,
    notices: createNotices(process),
    replaced() {
      const words =
        'another connector with the same key has come; two with one key cannot work, so this one stops'
      log('error', 'replaced', words, { device: signer.device })
      stop('replaced', EXIT_REPLACED)
    },
  })
  log('info', 'started', 'the connector has started', {
    version: SOFTWARE.version,
    device: signer.device,
    firstStart: made,
    healthPort: health?.port,
  })
  let stopping = false
  const stop = (why: string, exitCode: number, leave: () => void = () => process.exit(exitCode)) => {
    if (stopping) return
    stopping = true
    log('info', 'stopping', 'the connector stops', { why })
    manager.stopping()
    setTimeout(leave, STOP_TIMEOUT_MS)
    void connector.stop().then(leave)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => stop(signal, EXIT_STOPPED, () => leaveBy(signal)))
  }
  // Started with a channel, it does not outlive who started it: two connectors with one key would disturb each other.
  process.once('disconnect', () => stop('its parent is gone', EXIT_STOPPED))
  const onUncaught = (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log('error', 'failed', 'the connector failed', { error: text })
    stop('failure', EXIT_FAILED)
  }
  process.on('uncaughtException', onUncaught)
  process.on('unhandledRejection', onUncaught)
}

/**
 * `exit` waits until a name that is being looked up is known, which a dead nameserver can make 20 s. The signal itself
 * waits for nothing, and is a clean end for systemd, too.
 */
function leaveBy(signal: NodeJS.Signals): void {
  if (process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')) {
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
  process.exit(EXIT_STOPPED)
}

function fail(reason: string): void {
  process.stderr.write(`${reason}\n`)
  process.exitCode = EXIT_FAILED
}
