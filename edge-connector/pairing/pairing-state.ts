import type { TimerEffect, TimerEvent, Transition } from '../lifecycle/run-lifecycle.ts'

interface Code {
  readonly secret: string
  /** Monotonic ms. */
  readonly madeAt: number
  /** It has been shown to whoever stands before the device. */
  readonly shown: boolean
}

interface Waiting {
  /** When the device began to wait for an owner; monotonic ms. */
  readonly since: number
  /** Requests for a code that were refused, one after the other. */
  readonly failures: number
}

export type PairingState =
  /** Paired, or nothing is known yet. */
  | { readonly phase: 'idle' }
  /** There is no connection to wait on. */
  | (Waiting & { readonly phase: 'away'; readonly code: Code | null })
  /** The cloud was asked to take this code. */
  | (Waiting & { readonly phase: 'asking'; readonly code: Code; readonly id: string })
  /** The code can be claimed. */
  | (Waiting & { readonly phase: 'showing'; readonly code: Code })

export type PairingTimer = 'reply' | 'renew'

export type PairingEvent =
  /** Welcomed as a device that no owner has claimed. */
  | { readonly type: 'unpaired' }
  /** Welcomed as a device that has an owner. */
  | { readonly type: 'paired' }
  | { readonly type: 'down' }
  /** `until`: epoch ms by the cloud's clock. */
  | { readonly type: 'accepted'; readonly id: string; readonly until: number; readonly site: string }
  | { readonly type: 'refused'; readonly id: string; readonly why: string }
  | { readonly type: 'stop' }
  | TimerEvent<PairingTimer>

export interface ShownCode {
  readonly secret: string
  /** Where owners open the app. */
  readonly site: string
  /** Epoch ms by the cloud's clock: from then on another code holds, or none. */
  readonly until: number
  /** How long there is no code after this one; 0: another follows at once. */
  readonly pauseMs: number
}

export type PairingEffect =
  | { readonly type: 'ask'; readonly id: string; readonly secret: string }
  | { readonly type: 'show'; readonly code: ShownCode }
  /** Leaves the connection to others for so long. */
  | { readonly type: 'rest'; readonly ms: number; readonly why: string }
  | { readonly type: 'tell-paired' }

/** What a step needs from outside. `now` in milliseconds of a monotonic clock, `random` in [0, 1). */
export interface PairingSurroundings {
  readonly now: number
  readonly random: number
  /** 128 random bits, base64url. */
  readonly fresh: () => string
}

export type PairingStep = Transition<PairingState, PairingEffect | TimerEffect<PairingTimer>>
