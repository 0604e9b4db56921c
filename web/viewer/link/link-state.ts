import type { Credential } from '../../../protocol/credentials.ts'
import type { Step } from '../lifecycle.ts'
import type { CredentialAnswer } from './credential.ts'

/** How long a socket may take to open. */
export const OPEN_TIMEOUT_MS = 10_000
export const WELCOME_TIMEOUT_MS = 10_000
/** Of both, shortly after the page or the network has woken: then an attempt is more likely to hang than to be slow. */
export const HURRIED_TIMEOUT_MS = 2_500
/** How long that is. */
export const HURRY_MS = 8_000
/** From one attempt to the next then. After a dozen that failed Chromium would have each wait for up to 5 s more. */
export const HURRIED_EVERY_MS = 700
/**
 * The longest pause after a socket that never opened: it may be this page's own network, of whose coming back no event
 * need tell. A browser does not say whether anything was reached.
 */
export const UNOPENED_PAUSE_MS = 4_000
/** After one that was opened: the cloud is in trouble. */
export const FAILED_PAUSE_MS = 30_000
/** A page that is looked at again doubts a socket that was quiet for longer. */
export const QUIET_MS = 30_000
/** And one that has a reason to doubt it, of which no browser need have told: a phone's new address, a router's. */
export const DOUBT_MS = 3_000
/** An attempt that is younger when the network comes back may well be made over the new one. */
export const YOUNG_ATTEMPT_MS = 1_000
/** So shortly after a welcome the network's coming back is only checked: its events come in bursts. */
export const BURST_MS = 5_000

/** Whether a welcome is awaited, and another is to follow because that one may not tell the newest. */
type Asked = 'no' | 'once' | 'again'

interface Trying {
  /** How many before it have failed. */
  readonly attempt: number
  /** How often its credential was renewed for it. */
  readonly renewals: number
  readonly since: number
}

/** One socket on its way to a welcome, or the wait before the next. */
export type Attempt =
  /** Waits for a credential. */
  | (Trying & { readonly phase: 'authorizing' | 'connecting' })
  | (Trying & { readonly phase: 'greeting'; readonly asked: Asked })
  | { readonly phase: 'backoff'; readonly attempt: number }

export type LinkState =
  | { readonly phase: 'idle' }
  | Attempt
  | { readonly phase: 'welcomed'; readonly heardAt: number; readonly asked: Asked }
  /** Nobody is signed in: the session says why. Rests until somebody is. */
  | { readonly phase: 'signed-out' }
  | { readonly phase: 'refused'; readonly code: string }

export type Welcomed = Extract<LinkState, { phase: 'welcomed' }>

/** The link as the page knows it, and what goes on behind it. */
export interface Link {
  readonly state: LinkState
  /** While welcomed: the attempt at the connection that is to take over [R46]. */
  readonly next: Attempt | null
  readonly welcomedAt: number
  /** Until then attempts follow each other quickly. */
  readonly hurryUntil: number
}

export const IDLE_LINK: Link = { state: { phase: 'idle' }, next: null, welcomedAt: 0, hurryUntil: 0 }

/** `next`: not welcomed yet. `old`: replaced, and still heard. */
export type SocketRole = 'next' | 'current' | 'old'

/** `doubt`: something else that runs over the same network has stopped, or nothing answers. */
export type WakeCause = 'visible' | 'network' | 'doubt'

export type LinkTimer =
  /** The attempt's: its socket or its welcome takes too long, or its backoff is over. */
  | 'attempt'
  /** The attempt's hello failed or was lost, and is said again. */
  | 'greet-next'
  | 'greet-current'
  | 'welcome'
  | 'hello'
  | 'roll-over'
  | 'old-quiet'
  | 'old-limit'

export type LinkEvent =
  | { readonly type: 'start' | 'stop' }
  | { readonly type: 'wake'; readonly cause: WakeCause }
  /** Something is missing that only a welcome tells. */
  | { readonly type: 'refresh' }
  | { readonly type: 'credential'; readonly answer: CredentialAnswer }
  | { readonly type: 'opened' | 'closed' | 'heard'; readonly on: SocketRole }
  | { readonly type: 'welcome'; readonly on: SocketRole; readonly rollOverMs?: number | undefined }
  | { readonly type: 'error'; readonly on: SocketRole; readonly code: string }
  | { readonly type: 'timer'; readonly timer: LinkTimer }

export type LinkEffect =
  | { readonly type: 'get-credential'; readonly renew: boolean }
  | { readonly type: 'credential-refused'; readonly code: string }
  /** As the next. */
  | { readonly type: 'open-socket'; readonly credential: Credential }
  | { readonly type: 'close-socket'; readonly on: SocketRole }
  /** The next becomes the current one, which becomes the old. */
  | { readonly type: 'promote' }
  /** All that speaks does so on another socket from now on. */
  | { readonly type: 'tell-moved' }
  | { readonly type: 'send-hello'; readonly on: 'next' | 'current' }
  | { readonly type: 'start-timer'; readonly timer: LinkTimer; readonly ms: number }
  | {
      readonly type: 'start-backoff'
      readonly timer: LinkTimer
      readonly attempt: number
      readonly longestMs: number
    }
  | { readonly type: 'stop-timer'; readonly timer: LinkTimer }
  | { readonly type: 'stop-timers' }

export type LinkStep = Step<Link, LinkEffect>

/** Whether messages can be sent. */
export function isUp(state: LinkState): boolean {
  return state.phase === 'welcomed'
}

export function isAttempt(state: LinkState): state is Attempt {
  return (
    state.phase === 'authorizing' ||
    state.phase === 'connecting' ||
    state.phase === 'greeting' ||
    state.phase === 'backoff'
  )
}

export function stopTimers(...timers: readonly LinkTimer[]): LinkEffect[] {
  return timers.map((timer) => ({ type: 'stop-timer', timer }))
}
