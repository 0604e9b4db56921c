export type Cancel = () => void

export interface Clock {
  /** Monotonic milliseconds: a Pi has no clock of its own, and its wall clock jumps once NTP has answered. */
  now(): number
  /** Runs once after `ms`; 0 means at the end of this turn of the event loop. */
  after(ms: number, run: () => void): Cancel
}

/** Node runs a timer at once that is to wait longer: 25 days. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    // setTimeout(0) waits a millisecond or more, and this is on the way to the first frame.
    if (ms === 0) {
      const immediate = setImmediate(run)
      return () => clearImmediate(immediate)
    }
    const endsAt = performance.now() + ms
    const wait = (left: number) =>
      left > LONGEST_TIMEOUT_MS
        ? setTimeout(() => {
            timeout = wait(endsAt - performance.now())
          }, LONGEST_TIMEOUT_MS)
        : setTimeout(run, left)
    let timeout = wait(ms)
    return () => clearTimeout(timeout)
  },
}
