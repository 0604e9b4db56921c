import type { IncomingCall } from '../../protocol/call.ts'
import type { TimerEffect, TimerEvent, Transition } from '../lifecycle/run-lifecycle.ts'
import type { Ending } from './call-state.ts'

/** A `call` that has no place yet. */
export interface Waiter {
  readonly message: IncomingCall
  /** When the viewer's right ends, in milliseconds of the monotonic clock; null: it does not by itself. */
  readonly rightEndsAt: number | null
  /** The calls in whose place it could sit. */
  readonly sitters: readonly string[]
  /** What it is told once all of them have answered. */
  readonly answer: Ending
}

/** Whether a sitter is still there. */
export type Question =
  /** The link to the cloud is down: it is asked once that is up. */
  | { readonly kind: 'unasked' }
  | { readonly kind: 'asked'; readonly at: number; readonly again: boolean }
  | { readonly kind: 'answered'; readonly at: number }

/** Those who came to a full camera, first come first, and what is known of those who sit there [R49]. */
export interface WaitingRoom {
  readonly linkUp: boolean
  readonly waiters: readonly Waiter[]
  readonly questions: ReadonlyMap<string, Question>
}

export const EMPTY_ROOM: WaitingRoom = { linkUp: false, waiters: [], questions: new Map() }

export type RoomTimer = 'answers'

export type RoomEvent =
  | IncomingCall
  /** The admission that was asked for found no place. */
  | {
      readonly type: 'full'
      readonly message: IncomingCall
      readonly sitters: readonly string[]
      readonly answer: Ending
    }
  /** A sitter's viewer has said something. */
  | { readonly type: 'life'; readonly call: string }
  /** A call that ran is over. */
  | { readonly type: 'gone'; readonly call: string }
  /** A caller does not wait any more. */
  | { readonly type: 'leave'; readonly call: string }
  | { readonly type: 'link'; readonly up: boolean }
  | TimerEvent<RoomTimer>

export type RoomEffect =
  | { readonly type: 'admit'; readonly message: IncomingCall }
  | { readonly type: 'ask'; readonly call: string }
  | { readonly type: 'hang-up'; readonly call: string }
  /** `over`: the viewer's call ends with this answer. */
  | {
      readonly type: 'refuse'
      readonly message: IncomingCall
      readonly answer: Ending
      readonly over: boolean
    }

export type RoomStep = Transition<WaitingRoom, RoomEffect | TimerEffect<RoomTimer>>
