/** One message on its way over one leg (viewer–cloud or cloud–home); performance or epoch milliseconds. */
export interface LegTiming {
  readonly departedAt: number
  readonly arrivedAt: number
}

/**
 * How many legs lay one after the other between two times: the most that do not overlap. Legs that ran side by
 * side count once, because nobody waited for both.
 */
export function sequentialLegs(legs: readonly LegTiming[], from: number, until: number): number {
  const within = legs.filter((leg) => leg.departedAt >= from && leg.arrivedAt <= until)
  const byArrival = [...within].sort((a, b) => a.arrivedAt - b.arrivedAt)
  let count = 0
  let free = from
  for (const leg of byArrival) {
    if (leg.departedAt < free) continue
    count += 1
    free = leg.arrivedAt
  }
  return count
}
