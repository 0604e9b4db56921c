import { toBase64url } from '../protocol/base64url.ts'
import { OFFER_TYPE } from '../protocol/offer-statement.ts'
import { Switchboard } from './calls/switchboard.ts'
import { afterFirstLook } from './cameras/first-look.ts'
import { createUv4lCamera } from './cameras/uv4l/uv4l-camera.ts'
import type { Clock } from './clock/clock.ts'
import { CloudLink } from './cloud/cloud-link.ts'
import { CloudTime } from './cloud/cloud-time.ts'
import type { LinkStanding } from './cloud/link-state.ts'
import type { Received } from './cloud/sort-message.ts'
import type { Configuration } from './configuration/configuration.ts'
import type { HealthReport } from './health/health-report.ts'
import { reportHealth } from './health/report-health.ts'
import type { DeviceSigner } from './identity/device-signer.ts'
import { deviceToken } from './identity/device-token.ts'
import { assertNever } from './lifecycle/assert-never.ts'
import type { Log } from './log/log.ts'
import { createPairing, type PairingPorts } from './pairing/pairing.ts'
import { SOFTWARE } from './software-version.ts'

export interface ConnectorPorts {
  readonly clock: Clock
  /** Epoch ms by the machine's own clock, which may be wrong. */
  readonly wallClock: () => number
  readonly log: Log
  /** In [0, 1). */
  readonly random: () => number
  readonly randomBytes: (length: number) => Uint8Array
  /** Another connector with the same key has come: this one is to stop. */
  readonly replaced: () => void
  /** How the link to the cloud is; for the first time when that is being made. */
  readonly standing: (standing: LinkStanding) => void
  /** For whoever stands before the device. */
  readonly notices: Pick<PairingPorts, 'show' | 'showPaired'>
}

export interface Connector {
  report(): HealthReport
  /** Ends every call, at its camera and at its viewer, then closes the link. */
  stop(): Promise<void>
}

/** Wires the cameras of a home with the cloud. */
export function startConnector(
  configuration: Configuration,
  signer: DeviceSigner,
  ports: ConnectorPorts,
): Connector {
  const { clock, log, random } = ports
  const { device } = signer
  const fresh = () => toBase64url(ports.randomBytes(16))
  const time = new CloudTime({ monotonic: clock.now, wall: ports.wallClock })
  const startedAt = clock.now()
  let telling = false

  const link = new CloudLink({
    url: configuration.cloud,
    token: () => deviceToken(signer, { audience: configuration.cloud, now: time.now(), jti: fresh() }),
    instance: fresh(),
    software: SOFTWARE,
    labels: new Map(configuration.cameras.flatMap(({ name, label }) => (label ? [[name, label]] : []))),
    calls: () => switchboard.calls().map(({ id }) => id),
    clock,
    random,
    log,
    receive,
    ended: (calls) => switchboard.endedInCloud(calls),
    changed: standingChanged,
    setTime: (now) => time.set(now),
    replaced: ports.replaced,
  })
  const pairing = createPairing({
    ...ports.notices,
    ...{ device, clock, random, fresh, log },
    ask: (request) => link.ask(request),
    rest: (ms, why) => link.rest(ms, why),
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
    signOffer: (statement) => signer.sign(OFFER_TYPE, statement),
    changed: tellSoon,
  })

  function receive(message: Received): void {
    if (message.type === 'reply') pairing.take(message)
    else switchboard.take(message)
  }
  function standingChanged(standing: LinkStanding): void {
    switch (standing) {
      case 'up':
      case 'down':
        switchboard.linkChanged(standing === 'up')
        break
      case 'unpaired':
        switchboard.unpaired()
        break
      default:
        assertNever(standing)
    }
    pairing.linkChanged(standing)
    ports.standing(standing)
  }

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

  const cancelStart = afterFirstLook(switchboard.looked, clock, () => {
    link.start(conditions())
    ports.standing('down')
  })

  return {
    report: () => reportHealth({ device, now: clock.now(), startedAt, link: link.state(), switchboard }),
    async stop() {
      cancelStart()
      pairing.stop()
      await switchboard.stop()
      await link.stop()
    },
  }
}
