import type { DeviceHello } from '../../protocol/hello.ts'
import type { Status } from '../../protocol/status.ts'
import type { TimerEffect, TimerEvent, Transition } from '../lifecycle/run-lifecycle.ts'

export type Conditions = Status['cameras']

interface Common {
  /** What the cameras are now. */
  readonly conditions: Conditions
  /** Attempts since the last welcome. */
  readonly attempt: number
  /** What the cloud said last of an owner; null before it has said anything. */
  readonly paired: boolean | null
  /** The cloud has told its time since the last welcome: to be told again would not help. */
  readonly toldTime: boolean
}

export type LinkState = Common &
  (
    | { readonly phase: 'resting' }
    | { readonly phase: 'connecting' }
    /** The socket is open and `hello` is said; `told` is what it said of the cameras. */
    | { readonly phase: 'greeting'; readonly told: Conditions }
    /** Welcomed, but no owner has claimed this device: it may only ask for that [R38]. */
    | { readonly phase: 'unpaired' }
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
  /** `ended`: calls that `hello` has named and that may not go on. */
  | { readonly type: 'welcomed'; readonly paired: boolean; readonly ended: readonly string[] }
  /** An owner has claimed the device just now [R40]. */
  | { readonly type: 'claimed' }
  /** An error that is about the connection, and about no call. `now`: the cloud's time. */
  | {
      readonly type: 'complaint'
      readonly code: string
      readonly detail: string
      readonly now: number | undefined
    }
  | { readonly type: 'pong' }
  | { readonly type: 'conditions'; readonly conditions: Conditions }
  /** Nobody can claim the device now: it leaves its place to others for so long. */
  | { readonly type: 'rest'; readonly ms: number; readonly why: string }
  | { readonly type: 'stop' }
  | TimerEvent<LinkTimer>

/** As it is called in the log. */
export type CloudTrouble = 'cloud-lost' | 'cloud-refused' | 'cloud-error'

/** What the rest of the connector has to know of the link. */
export type LinkStanding = 'up' | 'unpaired' | 'down'

export type LinkEffect =
  | { readonly type: 'connect' }
  | { readonly type: 'say-hello'; readonly conditions: DeviceHello['cameras'] }
  | { readonly type: 'end-calls'; readonly calls: readonly string[] }
  | { readonly type: 'send-status'; readonly conditions: Conditions }
  | { readonly type: 'ping' }
  /** `now`: epoch ms by the cloud's clock. */
  | { readonly type: 'set-time'; readonly now: number }
  /** Another program with this key has come: two would take each other's calls away. */
  | { readonly type: 'give-way' }
  /** Whatever becomes of the socket from here on is of no interest. */
  | { readonly type: 'drop-socket' }
  /** Says goodbye, so that the cloud need not find out. */
  | { readonly type: 'close-socket' }
  | { readonly type: 'announce'; readonly standing: LinkStanding; readonly reason: string }
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

export const INITIAL_LINK: LinkState = {
  phase: 'resting',
  conditions: [],
  attempt: 0,
  paired: null,
  toldTime: false,
}

/** What a state takes along into the next phase. */
export function kept({ conditions, attempt, paired, toldTime }: LinkState): Common {
  return { conditions, attempt, paired, toldTime }
}

export function unchanged(state: LinkState): LinkStep {
  return { state, effects: [] }
}
