/** Where the viewers find the cloud; told anew when it was started again. */
export interface Surroundings {
  readonly siteUrl: string
  readonly socketUrl: string
  /** Signs the owner in. */
  readonly signInLink: string
}

/** What is done to one viewer, as a person or its surroundings do it. */
export type ViewerDeed =
  /** A page that was not open before. A guest's has a link. */
  | { readonly kind: 'open'; readonly guest: { readonly secret: string; readonly device: string } | null }
  | { readonly kind: 'call'; readonly camera: string }
  | { readonly kind: 'leave' }
  /** `clean`: the browser lets it say goodbye. The next page knows which call was there. */
  | { readonly kind: 'reload'; readonly how: 'clean' | 'rough' }
  /** As a phone whose battery is empty. */
  | { readonly kind: 'vanish' }
  | { readonly kind: 'hide' | 'show' }
  /** Its sockets and connections are dead; it hears of it when the network is back. */
  | { readonly kind: 'lose-network' | 'find-network' }
  /** They are dead, and it never hears of it: a router or a phone line gave it another address. */
  | { readonly kind: 'change-address' }

export type ViewersAsk =
  | { readonly kind: 'surroundings'; readonly surroundings: Surroundings }
  | { readonly kind: 'do'; readonly viewer: number; readonly deed: ViewerDeed }
  /** Lets everything happen now for which this viewer waits so long; answered with how much that was. */
  | { readonly kind: 'pass'; readonly viewer: number; readonly fromMs: number; readonly belowMs: number }
  | { readonly kind: 'facts' }
  /** From now on what each viewer shows is kept, for `history`. */
  | { readonly kind: 'keep-history' }
  | { readonly kind: 'history' }
  | { readonly kind: 'memory' }

/** All that one viewer has shown, in its order: each change once. */
export interface ViewerHistory {
  readonly links: readonly string[]
  readonly presences: readonly { readonly camera: string; readonly state: string }[]
  readonly calls: readonly { readonly camera: string; readonly call: string | null; readonly phase: string }[]
}

/** Of the process of all viewers, in bytes; `heap` after a forced collection. */
export interface ViewersMemory {
  readonly heap: number
  readonly rss: number
}

/** What one viewer knows of itself. */
export interface ViewerFacts {
  /** Whether there is a page, seen or not. */
  readonly open: boolean
  readonly link: string
  /** By camera id; null before the first welcome. */
  readonly cameras: Readonly<Record<string, string>> | null
  readonly calls: readonly CallFacts[]
}

export interface CallFacts {
  readonly call: string
  readonly camera: string
  readonly phase: string
  /** Why it is over. */
  readonly why: string | null
  /** How the core gets a lost picture back; `off` when it does not. */
  readonly regain: string
  /** Decoded since its connection was made. */
  readonly frames: number
}

/** The line of a viewer for each connection on which it was welcomed, the next ones included. */
export const WELCOMED = 'welcomed on a new connection'
