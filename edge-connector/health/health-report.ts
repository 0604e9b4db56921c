import type { CallState } from '../calls/call-state.ts'
import type { CameraReport } from '../calls/switchboard.ts'
import type { LinkState, Next } from '../cloud/link-state.ts'

/** What `GET /health` says; additions are normal, nothing of it changes its meaning. */
export interface HealthReport {
  /** `not-paired`: the cloud is up, but no owner has claimed this device. */
  readonly status: 'ok' | 'cloud-down' | 'not-paired'
  readonly version: string
  readonly device: string
  /** What the cloud said last; null before it has said anything. */
  readonly paired: boolean | null
  readonly uptimeSeconds: number
  readonly cloud: {
    readonly state: LinkState['phase']
    /** How long it has been up, over however many connections; null while it is not. */
    readonly upSeconds: number | null
    /** The connection that is to follow before the gateway ends the present one; null while that is not up. */
    readonly next: {
      readonly state: Next['phase']
      /** Until it is opened; null when that is under way, or the cloud has not said when. */
      readonly inSeconds: number | null
      /** Those that failed. */
      readonly attempts: number
    } | null
    /** Attempts that failed since the last welcome. */
    readonly attempts: number
  }
  readonly cameras: readonly Pick<CameraReport, 'name' | 'state' | 'calls'>[]
  readonly calls: readonly {
    /** The first characters, to find it in the log. */
    readonly call: string
    readonly camera: string
    readonly state: CallState['phase']
    readonly seconds: number
  }[]
}
