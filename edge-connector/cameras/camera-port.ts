import type { ErrorCode } from '../../protocol/error-codes.ts'
import type { Candidate } from '../../protocol/ice.ts'

export type CameraFailure = Extract<
  ErrorCode,
  | 'camera-unreachable'
  | 'camera-password'
  | 'camera-certificate'
  | 'camera-refused'
  | 'camera-closed'
  | 'camera-garbled'
>

/** What a session with a camera reports. `failed` or `closed` comes exactly once, and is the last. */
export type CameraEvent =
  /** The camera had no feed free, and is asked only now. */
  | { readonly type: 'asked' }
  /** The camera has taken the connection and was asked for its offer. */
  | { readonly type: 'connected' }
  | { readonly type: 'offer'; readonly sdp: string }
  /** Unchecked: what a camera says need not fit the wire. `done`: the camera has gathered all. */
  | { readonly type: 'candidates'; readonly candidates: readonly unknown[]; readonly done: boolean }
  /** The camera's own words for a person. */
  | { readonly type: 'message'; readonly text: string }
  /** The frame is in the dialect, its meaning is not known. */
  | { readonly type: 'unknown'; readonly detail: string }
  /** The frame is not in the dialect. */
  | { readonly type: 'garbled'; readonly detail: string }
  /** There is no connection. `detail` holds no address of the home; it is shown to the viewer. */
  | { readonly type: 'failed'; readonly code: CameraFailure; readonly detail: string }
  | { readonly type: 'closed'; readonly detail: string }

export interface CameraSession {
  answer(sdp: string): void
  addCandidate(candidate: Candidate): void
  /** Tells the camera that the session is over and closes, whatever state it is in. May be repeated. */
  hangup(): void
}

/** One camera. Each call has a session of its own, so that no call can disturb another. */
export interface Camera {
  /** Never throws and never reports before it has returned. */
  open(report: (event: CameraEvent) => void): CameraSession
  /** Whether something listens at its address; takes no feed. */
  probe(): Promise<boolean>
}
