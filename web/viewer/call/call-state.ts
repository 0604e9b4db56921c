import type { FromViewer } from '../../../protocol/directions.ts'
import type { ViewersReason } from '../../../protocol/hangup.ts'
import type { Candidate } from '../../../protocol/ice.ts'
import type { OwnCandidates } from './candidates.ts'
import type { Failure, LocalFailure } from './failure.ts'
import type { SignedOffer, Verdict } from './verify-offer.ts'

interface Named {
  readonly call: string
  readonly camera: string
}

/** A call on its way to a picture. */
interface Placed extends Named {
  /** An earlier call, whose place this one takes [R48]. */
  readonly replaces?: string
}

/** What both ends have told each other of where they can be reached. */
interface Exchange extends Placed {
  /** Keys of the host's candidates that were taken. */
  readonly heard: ReadonlySet<string>
  readonly own: OwnCandidates
}

/** Placed, and to be sent as soon as the link is up. */
export interface Waiting extends Placed {
  readonly phase: 'waiting'
  /** Whether somebody at a full camera has to make room [R37]. */
  readonly takeOver: boolean
}

export interface Calling extends Placed {
  readonly phase: 'calling'
  /** `paused`: the link was lost, so nothing can be expected. */
  readonly progress: 'asked' | 'slow' | 'asked-again' | 'paused'
  readonly takeOver: boolean
  /** The host's candidates that overtook its offer. */
  readonly early: readonly Candidate[]
}

/** The offer is here and must not be used before it is known to be the camera's [R42]. */
export interface Verifying extends Placed {
  readonly phase: 'verifying'
  readonly sdp: string
  readonly early: readonly Candidate[]
}

export interface Answering extends Exchange {
  readonly phase: 'answering'
}

export interface Connecting extends Exchange {
  readonly phase: 'connecting'
  readonly answer: string
  readonly resends: number
  /** Whether ICE and DTLS are through, and only the picture is missing. */
  readonly path: 'searching' | 'open'
  /** The browser starts no picture by itself: a person has to. */
  readonly blocked: boolean
}

export interface Watching extends Exchange {
  /** `interrupted`: nothing comes through at the moment, but it may again. */
  readonly phase: 'playing' | 'interrupted'
}

interface Ended extends Named {
  readonly phase: 'ended'
  readonly reason: string
}

interface Failed extends Placed {
  readonly phase: 'failed'
  readonly failure: Failure
}

export type Live = Waiting | Calling | Verifying | Answering | Connecting | Watching
export type CallState = { readonly phase: 'idle' } | Live | Ended | Failed

export type CallTimer =
  | 'slow'
  | 'ask-again'
  | 'give-up'
  | 'candidates'
  | 'resend'
  | 'picture'
  | 'begin'
  | 'alive'
  | 'resume-again'

/** What the browser's end of the connection reports. */
export type PeerEvent =
  | { readonly type: 'answered'; readonly sdp: string }
  /** The browser cannot make anything of the offer, or of WebRTC at all. */
  | { readonly type: 'peer-refused'; readonly detail: string }
  | { readonly type: 'candidate'; readonly candidate: Candidate }
  | { readonly type: 'gathered' }
  | { readonly type: 'connected' | 'disconnected' | 'connection-failed' }
  | { readonly type: 'play-blocked' | 'first-frame' }

export type CallEvent =
  | {
      readonly type: 'place'
      readonly call: string
      readonly camera: string
      readonly takeOver: boolean
      readonly replaces?: string | undefined
      readonly linkUp: boolean
    }
  /** Instead of a call: the camera's device is not one to be called. */
  | { readonly type: 'distrust'; readonly call: string; readonly camera: string; readonly code: LocalFailure }
  | { readonly type: 'leave' }
  /** Nobody looks any more, or the page is being left: the call may be made again. */
  | { readonly type: 'release'; readonly reason: ViewersReason }
  /** No frame has come for long, whatever the connection says of itself. */
  | { readonly type: 'stalled' }
  /** `moved`: up as before, over another connection. */
  | { readonly type: 'link-up' | 'link-down' | 'moved' }
  | {
      readonly type: 'offer'
      readonly sdp: string
      readonly candidates: readonly Candidate[]
      readonly signature?: string | undefined
    }
  | { readonly type: 'verified'; readonly call: string; readonly verdict: Verdict }
  | { readonly type: 'candidates'; readonly candidates: readonly Candidate[] }
  | { readonly type: 'hangup'; readonly reason: string }
  | { readonly type: 'error'; readonly code: string; readonly detail?: string }
  | { readonly type: 'timer'; readonly timer: CallTimer }
  | PeerEvent

export type CallEffect =
  | { readonly type: 'send'; readonly message: FromViewer }
  | { readonly type: 'open-peer'; readonly call: string }
  | { readonly type: 'verify-offer'; readonly offer: SignedOffer }
  | { readonly type: 'apply-offer'; readonly sdp: string }
  | { readonly type: 'add-candidates'; readonly candidates: readonly Candidate[] }
  | { readonly type: 'start-timer'; readonly timer: CallTimer; readonly ms: number }
  | { readonly type: 'stop-timer'; readonly timer: CallTimer }
  /** The call is over: no peer, no timer. */
  | { readonly type: 'release' }
