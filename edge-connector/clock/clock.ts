export type Cancel = () => void

export interface Clock {
  /** Monotonic milliseconds: a Pi has no clock of its own, and its wall clock jumps once NTP has answered. */
  now(): number
  /** Runs once after `ms`; 0 means at the end of this turn of the event loop. */
  after(ms: number, run: () => void): Cancel
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    // setTimeout(0) waits a millisecond or more, and this is on the way to the first frame.
    if (ms === 0) {
      const immediate = setImmediate(run)
      return () => clearImmediate(immediate)
    }
    const timeout = setTimeout(run, ms)
    return () => clearTimeout(timeout)
  },
}
