/** What a test may let go wrong in the cloud. Counted faults lie in wait; those with `forMs` begin at once. */
export type Fault =
  | {
      readonly kind: 'delay'
      readonly direction: 'to-cloud' | 'to-client' | 'both'
      readonly ms: number
      readonly forMs: number
    }
  /** Each frame takes a random time of its own. */
  | { readonly kind: 'reorder'; readonly upToMs: number; readonly forMs: number }
  /** The next frames of these types vanish. */
  | {
      readonly kind: 'drop'
      readonly direction: 'to-cloud' | 'to-client'
      readonly types: readonly string[] | 'any'
      readonly count: number
    }
  /** Connections that are open now, at random. */
  | {
      readonly kind: 'close'
      readonly whose: 'device' | 'viewer' | 'any'
      /** `silent`: the cloud's end is gone without the client's knowing; posts to it still answer 200. */
      readonly how: 'clean' | 'abort' | 'silent'
      readonly count: number
    }
  /**
   * A pulled cable: nothing crosses, new connections included. What was under way arrives when it is over, where
   * both ends still wait for it.
   */
  | { readonly kind: 'outage'; readonly whose: 'device' | 'viewer' | 'any'; readonly forMs: number }
  /** `lateMs` is also the time between the two of `twice`. */
  | {
      readonly kind: 'disconnect-event'
      readonly how: 'late' | 'never' | 'twice'
      readonly count: number
      readonly lateMs: number
    }
  /** What the next posts of @connections come to: 429, 500, 200 into the void, 200 for who is gone. */
  | {
      readonly kind: 'post'
      readonly how: 'throttled' | 'failing' | 'void' | 'gone-late'
      readonly count: number
    }
  | {
      readonly kind: 'database'
      readonly how: 'throttled' | 'failing'
      readonly forMs: number
      /** Of the requests, from 0 to 1. */
      readonly share: number
    }
  /** `cold` is done at once: every warm instance is gone. `ms` is how slow `slow` is. */
  | {
      readonly kind: 'function'
      readonly how: 'throws' | 'slow' | 'dies-before-post' | 'cold'
      readonly count: number
      readonly ms: number
    }
  /** The clock of the whole cloud jumps ahead. */
  | { readonly kind: 'clock'; readonly aheadMs: number }
