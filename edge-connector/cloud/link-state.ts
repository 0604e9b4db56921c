import type { DeviceHello } from '../../protocol/hello.ts'
import type { Status } from '../../protocol/status.ts'
import type { TimerEffect, TimerEvent, Transition } from '../lifecycle/run-lifecycle.ts'

export type Conditions = Status['cameras']

interface Common {
  /** What the cameras are now. */
  readonly conditions: Conditions
  /** Attempts since the last welcome. */
  readonly attempt: number
}

export type LinkState = Common &
  (
    | { readonly phase: 'resting' }
    | { readonly phase: 'connecting' }
    /** The socket is open and `hello` is said; `told` is what it said of the cameras. */
    | { readonly phase: 'greeting'; readonly told: Conditions }
    | { readonly phase: 'up'; readonly told: Conditions; readonly since: number }
    | { readonly phase: 'stopped' }
  )

export type LinkTimer = 'retry' | 'handshake' | 'welcome' | 'ping' | 'pong' | 'status'

export type LinkEvent =
  | { readonly type: 'start' }
  | { readonly type: 'opened' }
  /** The handshake was answered with an HTTP status. */
  | { readonly type: 'refused'; readonly status: number }
  /** The socket is gone, or was never made. */
  | { readonly type: 'lost'; readonly reason: string }
  | { readonly type: 'welcomed' }
  /** An error that names no call. */
  | { readonly type: 'complaint'; readonly code: string; readonly detail: string }
  | { readonly type: 'pong' }
  | { readonly type: 'conditions'; readonly conditions: Conditions }
  | { readonly type: 'stop' }
  | TimerEvent<LinkTimer>

/** As it is called in the log. */
export type CloudTrouble = 'cloud-lost' | 'cloud-refused' | 'cloud-error'

export type LinkEffect =
  | { readonly type: 'connect' }
  | { readonly type: 'say-hello'; readonly conditions: DeviceHello['cameras'] }
  | { readonly type: 'send-status'; readonly conditions: Conditions }
  | { readonly type: 'ping' }
  /** Whatever becomes of the socket from here on is of no interest. */
  | { readonly type: 'drop-socket' }
  /** Says goodbye, so that the cloud need not find out. */
  | { readonly type: 'close-socket' }
  | { readonly type: 'announce'; readonly up: boolean; readonly reason: string }
  | {
      readonly type: 'warn'
      readonly event: CloudTrouble
      readonly message: string
      readonly retryMs: number
    }

/** What a step needs from outside. `now` in milliseconds of a monotonic clock, `random` in [0, 1). */
export interface LinkSurroundings {
  readonly now: number
  readonly random: number
}

export type LinkStep = Transition<LinkState, LinkEffect | TimerEffect<LinkTimer>>

export const INITIAL_LINK: LinkState = { phase: 'resting', conditions: [], attempt: 0 }
