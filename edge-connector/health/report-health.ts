import type { Switchboard } from '../calls/switchboard.ts'
import type { LinkState, Next } from '../cloud/link-state.ts'
import { SOFTWARE } from '../software-version.ts'
import type { HealthReport } from './health-report.ts'

export const CALL_PREFIX_LENGTH = 8

/** `now` and `startedAt` in milliseconds of the monotonic clock by which the parts go. */
export function reportHealth(parts: {
  readonly device: string
  readonly now: number
  readonly startedAt: number
  readonly link: LinkState
  readonly switchboard: Pick<Switchboard, 'cameras' | 'calls'>
}): HealthReport {
  const { device, now, startedAt, link, switchboard } = parts
  return {
    status: statusOf(link.phase),
    version: SOFTWARE.version,
    device,
    paired: link.paired,
    uptimeSeconds: seconds(now - startedAt),
    cloud: {
      state: link.phase,
      upSeconds: link.phase === 'up' ? seconds(now - link.since) : null,
      next: link.phase === 'up' ? nextOf(link.next, now) : null,
      attempts: link.attempt,
    },
    cameras: switchboard.cameras().map(({ name, state, calls }) => ({ name, state, calls })),
    calls: switchboard.calls().map((call) => ({
      call: call.id.slice(0, CALL_PREFIX_LENGTH),
      camera: call.camera,
      state: call.phase(),
      seconds: seconds(now - call.startedAt),
    })),
  }
}

function statusOf(phase: LinkState['phase']): HealthReport['status'] {
  if (phase === 'up') return 'ok'
  return phase === 'unpaired' ? 'not-paired' : 'cloud-down'
}

function nextOf(next: Next, now: number): HealthReport['cloud']['next'] {
  const { phase, attempt } = next
  const at = next.phase === 'later' ? next.at : null
  return { state: phase, inSeconds: at === null ? null : seconds(at - now), attempts: attempt }
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
