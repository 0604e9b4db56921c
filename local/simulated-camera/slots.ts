/** The streams that a camera can serve at once. */
export interface Slots {
  /** False when all are taken. */
  claim(): boolean
  /** Gives one back: at once after a `hangup`, after `stickyMs` when its client just went away. */
  release(how: 'hung-up' | 'gone'): void
  live(): number
  /** Those that were ever given. */
  served(): number
  /** Those that were not hung up, ever. */
  abandoned(): number
}

export function openSlots(limit: number, stickyMs: number, now: () => number): Slots {
  let live = 0
  let served = 0
  let abandoned = 0
  let stuckUntil: readonly number[] = []
  return {
    claim() {
      stuckUntil = stuckUntil.filter((until) => until > now())
      if (live + stuckUntil.length >= limit) return false
      live += 1
      served += 1
      return true
    },
    release(how) {
      live -= 1
      if (how === 'gone') abandoned += 1
      if (how === 'gone' && stickyMs > 0) stuckUntil = [...stuckUntil, now() + stickyMs]
    },
    live: () => live,
    served: () => served,
    abandoned: () => abandoned,
  }
}
