const FIRST_MS = 500
const LONGEST_MS = 30_000

/** How long to wait before a program that ended is started again, by how often it has ended in a row. */
export function restartDelayMs(endings: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(endings - 1, 16))
}
