const BASE_MS = 500
const LONGEST_MS = 30_000

/** Full jitter: anywhere from 0 to min(longest, 500 ms · 2ⁿ) at attempt n. `random` is in [0, 1). */
export function backoffMs(attempt: number, random: number, longestMs = LONGEST_MS): number {
  return Math.floor(random * Math.min(longestMs, BASE_MS * 2 ** attempt))
}
