import { toBase64url } from '../protocol/base64url.ts'
import { Switchboard } from './calls/switchboard.ts'
import { createUv4lCamera } from './cameras/uv4l/uv4l-camera.ts'
import type { Clock } from './clock/clock.ts'
import { CloudLink } from './cloud/cloud-link.ts'
import type { Configuration } from './configuration/configuration.ts'
import type { HealthReport } from './health/health-report.ts'
import type { Log } from './log/log.ts'
import { SOFTWARE } from './software-version.ts'

/** How long `hello` waits for a first look at the cameras; what has not been seen by then is told afterwards. */
const FIRST_LOOK_MS = 300
const CALL_PREFIX_LENGTH = 8

export interface ConnectorPorts {
  readonly clock: Clock
  readonly log: Log
  /** In [0, 1). */
  readonly random: () => number
  readonly randomBytes: (length: number) => Uint8Array
}

export interface Connector {
  report(): HealthReport
  /** Ends every call, at its camera and at its viewer, then closes the link. */
  stop(): Promise<void>
}

/** Wires the cameras of a home with the cloud. */
export function startConnector(
  configuration: Configuration,
  device: string,
  ports: ConnectorPorts,
): Connector {
  const { clock, log, random } = ports
  const startedAt = clock.now()
  let telling = false

  const link = new CloudLink({
    url: configuration.cloud,
    device,
    instance: toBase64url(ports.randomBytes(16)),
    software: SOFTWARE,
    labels: new Map(configuration.cameras.flatMap(({ name, label }) => (label ? [[name, label]] : []))),
    clock,
    random,
    log,
    receive: (message) => switchboard.take(message),
    changed: (up) => switchboard.linkChanged(up),
  })
  const switchboard: Switchboard = new Switchboard({
    device,
    cameras: configuration.cameras.map((camera) => ({
      name: camera.name,
      maxCalls: camera.maxCalls,
      camera: createUv4lCamera(camera, clock, log),
    })),
    clock,
    random,
    log,
    send: (message) => link.send(message),
    changed: tellSoon,
  })

  /** A call that takes the place of another changes nothing in the end: one turn is looked at as a whole. */
  function tellSoon(): void {
    if (telling) return
    telling = true
    clock.after(0, () => {
      telling = false
      link.tell(conditions())
    })
  }
  function conditions() {
    return switchboard.cameras().map(({ name, state }) => ({ name, state }))
  }

  let starting = true
  const startLink = () => {
    if (!starting) return
    starting = false
    link.start(conditions())
  }
  const cancelFirstLook = clock.after(FIRST_LOOK_MS, startLink)
  void switchboard.looked.then(() => {
    cancelFirstLook()
    startLink()
  })

  return {
    report() {
      const cloud = link.state()
      const now = clock.now()
      return {
        status: cloud.phase === 'up' ? 'ok' : 'cloud-down',
        version: SOFTWARE.version,
        device,
        uptimeSeconds: seconds(now - startedAt),
        cloud: {
          state: cloud.phase,
          upSeconds: cloud.phase === 'up' ? seconds(now - cloud.since) : null,
          attempts: cloud.attempt,
        },
        cameras: switchboard.cameras().map(({ name, state, calls }) => ({ name, state, calls })),
        calls: switchboard.calls().map((call) => ({
          call: call.id.slice(0, CALL_PREFIX_LENGTH),
          camera: call.camera,
          state: call.phase(),
          seconds: seconds(now - call.startedAt),
        })),
      }
    },
    async stop() {
      starting = false
      cancelFirstLook()
      await switchboard.stop()
      await link.stop()
    },
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
