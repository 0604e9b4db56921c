import type { Status } from '../../protocol/status.ts'
import type { TimerEffect, TimerEvent, Transition } from '../lifecycle/run-lifecycle.ts'

export type Conditions = Status['cameras']

interface Common {
  /** What the cameras are now. */
  readonly conditions: Conditions
  /** Attempts since the last welcome. */
  readonly attempt: number
  /** Those of them that came as far as the cloud. */
  readonly turnedAway: number
  /** The last of these that were a refusal one after the other. */
  readonly refusals: number
  /** Until then it is not said again that the cloud cannot be reached. */
  readonly quietUntil: number
  /** What the cloud said last of an owner; null before it has said anything. */
  readonly paired: boolean | null
  /** What time the cloud has told since the last welcome, and when: to be told the same again would not help. */
  readonly toldTime: { readonly now: number; readonly at: number } | null
}

/** The connection that is to follow the present one, before the gateway ends that [R46]. */
export type Next = { readonly attempt: number } & (
  | {
      readonly phase: 'later'
      /** When it is opened; null when the cloud has not said. */
      readonly at: number | null
    }
  | { readonly phase: 'connecting'; readonly reached: boolean }
  | { readonly phase: 'greeting'; readonly told: Conditions }
)

/** A socket that is open; `told` is what was said of the cameras there last. */
interface Speaking {
  readonly told: Conditions
  /** How often in a row the cloud has said that it failed. */
  readonly failures: number
}

export type LinkState = Common &
  (
    | { readonly phase: 'resting' }
    /** `reached`: something at the address of the cloud has taken the connection. */
    | { readonly phase: 'connecting'; readonly reached: boolean }
    /** `hello` is said. */
    | ({ readonly phase: 'greeting' } & Speaking)
    /** Welcomed, but no owner has claimed this device: it may only ask for that [R38]. */
    | { readonly phase: 'unpaired' }
    | ({
        readonly phase: 'up'
        readonly since: number
        /** `hello` was said once more, and is not answered yet. */
        readonly asked: boolean
        readonly next: Next
      } & Speaking)
    | { readonly phase: 'stopped' }
  )

export type Up = Extract<LinkState, { phase: 'up' }>

export type LinkTimer =
  | 'retry'
  | 'handshake'
  | 'welcome'
  | 'ping'
  | 'pong'
  | 'status'
  /** What the cloud has failed at is said again. */
  | 'again'
  /** The cloud is asked which calls are over. */
  | 'ask'
  | 'roll-over'
  | 'next-handshake'
  | 'next-welcome'
  /** `hello` is said there again. */
  | 'next-again'

/** What becomes of a socket, and what the cloud says there of the connection. */
export type LineEvent =
  /** The TCP connection is made: there is a line to the cloud. */
  | { readonly type: 'reached' }
  | { readonly type: 'opened' }
  /** The handshake was answered with an HTTP status. */
  | { readonly type: 'refused'; readonly status: number }
  /** The socket is gone, or was never made. */
  | { readonly type: 'lost'; readonly reason: string; readonly reached: boolean }
  | {
      readonly type: 'welcomed'
      readonly paired: boolean
      /** Calls that `hello` has named and that may not go on. */
      readonly ended: readonly string[]
      /** When the next connection is to be opened. */
      readonly rollOverMs: number | undefined
    }
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

export type LinkEvent =
  | { readonly type: 'start' }
  /** Of the present connection. */
  | LineEvent
  /** Of the one that is to follow it. */
  | { readonly type: 'next'; readonly event: LineEvent }
  | { readonly type: 'conditions'; readonly conditions: Conditions }
  /** Of a program that has just started, before its first welcome: they may be of the one before it [R51]. */
  | { readonly type: 'early-calls' }
  /** Nobody can claim the device now: it leaves its place to others for so long. */
  | { readonly type: 'rest'; readonly ms: number; readonly why: string }
  | { readonly type: 'stop' }
  | TimerEvent<LinkTimer>

/** As it is called in the log. */
export type CloudTrouble = 'cloud-lost' | 'cloud-refused' | 'cloud-error'

/** What the rest of the connector has to know of the link. */
export type LinkStanding = 'up' | 'unpaired' | 'down'

/** Which of the two sockets. */
export type Which = 'present' | 'next'

export type LinkEffect =
  | { readonly type: 'connect'; readonly which: Which }
  | { readonly type: 'say-hello'; readonly which: Which; readonly conditions: Conditions }
  /** Whatever becomes of the socket from here on is of no interest. */
  | { readonly type: 'drop-socket'; readonly which: Which }
  /** The next one is the present one from here on; the older is heard until it is quiet [R46]. */
  | { readonly type: 'roll-over' }
  /** The present one is dropped, and the next one takes its place. */
  | { readonly type: 'fall-over' }
  /** Says goodbye on every socket, so that the cloud need not find out. */
  | { readonly type: 'close-sockets' }
  | { readonly type: 'end-calls'; readonly calls: readonly string[] }
  | { readonly type: 'send-status'; readonly conditions: Conditions }
  | { readonly type: 'ping' }
  /** Of calls that were over lately [R18]. */
  | { readonly type: 'say-ends-again' }
  /** `now`: epoch ms by the cloud's clock. */
  | { readonly type: 'set-time'; readonly now: number }
  /** Another program with this key has come: two would take each other's calls away. */
  | { readonly type: 'give-way' }
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

export type Effects = readonly (LinkEffect | TimerEffect<LinkTimer>)[]
export type LinkStep = Transition<LinkState, LinkEffect | TimerEffect<LinkTimer>>

export const INITIAL_LINK: LinkState = {
  phase: 'resting',
  conditions: [],
  attempt: 0,
  turnedAway: 0,
  refusals: 0,
  quietUntil: 0,
  paired: null,
  toldTime: null,
}

/** What a state takes along into the next phase. */
export function kept(state: LinkState): Common {
  const { conditions, attempt, turnedAway, refusals, quietUntil, paired, toldTime } = state
  return { conditions, attempt, turnedAway, refusals, quietUntil, paired, toldTime }
}

export function unchanged(state: LinkState): LinkStep {
  return { state, effects: [] }
}
