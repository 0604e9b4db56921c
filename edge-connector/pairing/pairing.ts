import { createHash } from 'node:crypto'
import { appLink } from '../../protocol/app-link.ts'
import { type Reply, readAnswer } from '../../protocol/reply.ts'
import type { DeviceRequest } from '../../protocol/request.ts'
import type { Clock } from '../clock/clock.ts'
import type { LinkStanding } from '../cloud/link-state.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { runLifecycle } from '../lifecycle/run-lifecycle.ts'
import type { Log } from '../log/log.ts'
import type { PairingEffect, PairingEvent, PairingState, PairingTimer, ShownCode } from './pairing-state.ts'
import { stepPairing } from './step-pairing.ts'

/** What is shown to whoever stands before the device; in no log. */
export interface PairingLink extends Pick<ShownCode, 'until' | 'pauseMs'> {
  readonly device: string
  readonly url: string
}

export interface PairingPorts {
  readonly device: string
  readonly clock: Clock
  readonly random: () => number
  /** 128 random bits, base64url. */
  readonly fresh: () => string
  readonly log: Log
  readonly ask: (request: DeviceRequest) => void
  /** Leaves the connection to others for so long. */
  readonly rest: (ms: number, why: string) => void
  readonly show: (link: PairingLink) => void
  readonly showPaired: () => void
}

export interface Pairing {
  linkChanged(standing: LinkStanding): void
  take(reply: Reply): void
  stop(): void
}

/** Performs what `stepPairing` decides. */
export function createPairing(ports: PairingPorts): Pairing {
  const { clock, log } = ports
  const lifecycle = runLifecycle<PairingState, PairingEvent, PairingEffect, PairingTimer>({
    initial: { phase: 'idle' },
    clock,
    step: (state, event) =>
      stepPairing(state, event, { now: clock.now(), random: ports.random(), fresh: ports.fresh }),
    perform,
  })

  function perform(effect: PairingEffect): void {
    switch (effect.type) {
      case 'ask': {
        const codeHash = createHash('sha256').update(effect.secret).digest('base64url')
        ports.ask({ type: 'request', id: effect.id, ask: { op: 'start-pairing', codeHash } })
        return
      }
      case 'show': {
        const { secret, site, until, pauseMs } = effect.code
        log('info', 'pairing', 'this device waits for an owner: the link is on standard error', { pauseMs })
        const { device } = ports
        const url = appLink(site, { kind: 'pair', device, code: secret })
        ports.show({ device, url, until, pauseMs })
        return
      }
      case 'rest':
        log('info', 'pairing', `this device waits for an owner, and rests: ${effect.why}`, {
          retryMs: effect.ms,
        })
        ports.rest(effect.ms, effect.why)
        return
      case 'tell-paired':
        log('info', 'paired', 'an owner has claimed this device')
        ports.showPaired()
        return
      default:
        assertNever(effect)
    }
  }

  return {
    linkChanged(standing) {
      lifecycle.dispatch({ type: standing === 'up' ? 'paired' : standing })
    },
    take(reply) {
      lifecycle.dispatch(eventOf(reply))
    },
    stop: () => lifecycle.dispatch({ type: 'stop' }),
  }
}

function eventOf({ id, result }: Reply): PairingEvent {
  if (result.kind === 'refused') return { type: 'refused', id, why: `the cloud answered ${result.code}` }
  const answer = readAnswer('start-pairing', result.answer)
  // It goes into a terminal: an origin has no control characters in it.
  if (answer === null || !isOrigin(answer.site)) {
    return { type: 'refused', id, why: 'the cloud’s answer cannot be read' }
  }
  return { type: 'accepted', id, ...answer }
}

function isOrigin(site: string): boolean {
  try {
    const { origin, protocol } = new URL(site)
    return origin === site && (protocol === 'https:' || protocol === 'http:')
  } catch {
    return false
  }
}
