import type { ViewersReason } from '../../../protocol/hangup.ts'
import type { PresenceState } from '../../../protocol/presence.ts'
import type { Ending } from './call-ending.ts'

/**
 * Why there is no picture, as it is said to whoever waits for it. It stays the same through attempts that change
 * nothing. `elsewhere`: nobody looked at the page. `reloaded`: the page is another than the one that played.
 */
export type Why = 'broke-off' | 'camera-away' | 'camera-busy' | 'no-link' | 'elsewhere' | 'reloaded'

export interface Lost {
  /** The call that had the picture: the next one takes its place [R48]. */
  readonly lost: string
  readonly why: Why
  /** Calls made since, without a picture that lasted. */
  readonly tries: number
}

export interface Regaining extends Lost {
  /** `resting`: between two calls. `waiting`: for a change in what is around. */
  readonly phase: 'calling' | 'resting' | 'waiting'
}

export type RegainState =
  /** There is no picture that could be lost. */
  | { readonly phase: 'off' }
  | { readonly phase: 'holding'; readonly call: string; readonly since: number; readonly tries: number }
  | Regaining

/** What surrounds the call of one camera. */
export interface Around {
  readonly now: number
  readonly linkUp: boolean
  /** Whether somebody looks at the page, or has until a moment ago. */
  readonly looked: boolean
  /** `unknown`: nothing was heard of it yet. `barred`: it may not be called from here. */
  readonly camera: PresenceState | 'unknown' | 'barred'
}

export type RegainEvent =
  | { readonly type: 'picture'; readonly call: string }
  | { readonly type: 'over'; readonly ending: Ending }
  /** By the person. */
  | { readonly type: 'placed' | 'left' }
  /** By the page that was here before. */
  | { readonly type: 'kept'; readonly call: string }
  /** The page is being left; it may come back. */
  | { readonly type: 'put-away' }
  /** Something around has changed. */
  | { readonly type: 'link' | 'look' | 'presence' | 'network' }
  | { readonly type: 'rested' }

export type RegainEffect =
  | { readonly type: 'place'; readonly replaces: string }
  | { readonly type: 'release'; readonly reason: ViewersReason }
  | { readonly type: 'rest'; readonly tries: number }
  | { readonly type: 'rest-long' | 'stop-rest' }

export function isLost(state: RegainState): state is Regaining {
  return state.phase !== 'off' && state.phase !== 'holding'
}
