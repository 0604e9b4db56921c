const BASE_MS = 500
const LONGEST_MS = 30_000

/** Full jitter: anywhere from 0 to min(30 s, 500 ms · 2ⁿ) at attempt n. `random` is in [0, 1). */
export function backoffMs(attempt: number, random: number): number {
  return Math.floor(random * Math.min(LONGEST_MS, BASE_MS * 2 ** attempt))
}
