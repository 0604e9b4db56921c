/** When a right of so many ms ends, on the same clock as `now`; null: it does not by itself. */
export function rightEndsAt(leftMs: number | undefined, now: number): number | null {
  return leftMs === undefined ? null : now + leftMs
}

/**
 * What a repeated `call` leaves of the right: it may take time away and never gives any, for an older one of the same
 * call may come after a newer [R10].
 */
export function shortenRight(endsAt: number | null, leftMs: number | undefined, now: number): number | null {
  if (leftMs === undefined) return endsAt
  return endsAt === null ? now + leftMs : Math.min(endsAt, now + leftMs)
}
