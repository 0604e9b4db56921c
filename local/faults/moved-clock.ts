import type { Clock } from '../clock.ts'

export interface MovedClock extends Clock {
  moveAhead(ms: number): void
}

/**
 * The time jumps; what was set to come after a while comes after that while: two hours do not pass between a
 * question and its answer. Who goes by the time of day is told of the jump.
 */
export function movedClock(base: Clock): MovedClock {
  let aheadMs = 0
  return {
    now: () => base.now() + aheadMs,
    setTimeout: base.setTimeout,
    clearTimeout: base.clearTimeout,
    moveAhead(ms) {
      aheadMs += ms
    },
  }
}
