import type { Alive } from '../../protocol/alive.ts'
import type { IncomingCall } from '../../protocol/call.ts'
import type { ViewerCandidates } from '../../protocol/candidates.ts'
import type { Answer } from '../../protocol/description.ts'
import type { ErrorMessage, HostError } from '../../protocol/error.ts'
import type { Hangup, HangupReason } from '../../protocol/hangup.ts'
import type { Candidate } from '../../protocol/ice.ts'
import type { OfferStatement } from '../../protocol/offer-statement.ts'
import type { Resume } from '../../protocol/resume.ts'
import type { CameraEvent } from '../cameras/camera-port.ts'
import type { TimerEffect, TimerEvent, Transition } from '../lifecycle/run-lifecycle.ts'
import type { LogLevel } from '../log/log.ts'
import type { CallMessage } from './call-message.ts'
import { type IncomingCandidates, NO_INCOMING } from './incoming-candidates.ts'
import { NO_OUTGOING, type OutgoingCandidates } from './outgoing-candidates.ts'
import type { Patience } from './patience.ts'

/** With this a call is over: what the viewer is told of it, and told again when it asks. */
export type Ending = Hangup | HostError

interface Running {
  readonly id: string
  /** The full id. */
  readonly camera: string
  /** When the viewer's right ends, in milliseconds of the monotonic clock; null: it does not by itself. */
  readonly rightEndsAt: number | null
  readonly linkUp: boolean
  readonly outgoing: OutgoingCandidates
  readonly incoming: IncomingCandidates
  /** The camera's last words after its offer; they explain a close that follows. */
  readonly words: string | null
}

/** The connection to the camera is being made. */
export type Opening = Running & { readonly phase: 'opening' }
/** The camera was asked for an offer. `puzzle` is what it said that could not be understood. */
type Calling = Running & { readonly phase: 'calling'; readonly puzzle: string | null }
/** What the viewer gets, and gets again when it asks again: the same letters, the same signature. */
interface WithOffer {
  readonly sdp: string
  readonly signature: string
}
/** The offer is there; it goes out at the end of this turn, with the candidates that came in the same packet. */
type Offering = Running & WithOffer & { readonly phase: 'offering' }
/** The viewer has the offer. */
type Offered = Running & WithOffer & { readonly phase: 'offered'; readonly patience: Patience }
/** The camera has the answer: from here on it plays, as far as signalling can tell. */
type Answered = Running & WithOffer & { readonly phase: 'answered'; readonly patience: Patience }
export type RunningCall = Opening | Calling | Offering | Offered | Answered
/** `own`: the end was made here; another one is the viewer's or the cloud's word, of which only they vouch. */
type EndedCall = {
  readonly phase: 'ended'
  readonly id: string
  readonly ending: Ending
  readonly own: boolean
}
export type CallState = RunningCall | EndedCall

export type CallTimer = 'connect' | 'offer' | 'batch' | 'patience' | 'right'

/** The viewer's and the cloud's messages are events as they are. */
export type CallEvent =
  | IncomingCall
  | Answer
  | ViewerCandidates
  | Alive
  | Resume
  | Hangup
  | ErrorMessage
  | { readonly type: 'camera'; readonly camera: CameraEvent }
  | { readonly type: 'link'; readonly up: boolean }
  /** The home ends the call, and tells the viewer why. */
  | { readonly type: 'end'; readonly reason: HangupReason }
  | TimerEvent<CallTimer>

/** A message of a call: the viewer's, or the cloud's own. */
export type ToHost = Exclude<CallEvent, { type: 'camera' | 'link' | 'end' | 'timer' }> & {
  readonly call: string
}

export type CallEffect =
  | { readonly type: 'open-camera' }
  | { readonly type: 'answer-camera'; readonly sdp: string }
  | { readonly type: 'add-candidate'; readonly candidate: Candidate }
  | { readonly type: 'hangup-camera' }
  | { readonly type: 'send'; readonly message: CallMessage }
  | { readonly type: 'log'; readonly level: LogLevel; readonly message: string; readonly detail: string }

export type CallStep = Transition<CallState, CallEffect | TimerEffect<CallTimer>>

/** What a step needs from outside. */
export interface CallSurroundings {
  /** Milliseconds of a monotonic clock. */
  readonly now: number
  /** A compact JWS by the device's key: the same statement always gives the same one. */
  readonly signOffer: (statement: OfferStatement) => string
}

export function newCall(call: Pick<Opening, 'id' | 'camera' | 'linkUp' | 'rightEndsAt'>): Opening {
  return { ...call, phase: 'opening', outgoing: NO_OUTGOING, incoming: NO_INCOMING, words: null }
}

export function stay(state: CallState): CallStep {
  return { state, effects: [] }
}

export function say(state: CallState, level: LogLevel, message: string, detail: string): CallStep {
  return { state, effects: [{ type: 'log', level, message, detail }] }
}
