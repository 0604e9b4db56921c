export interface TimesSummary {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** By the nearest rank; zeros when there is none. */
export function summarizeTimes(times: readonly number[]): TimesSummary {
  const sorted = times.toSorted((a, b) => a - b)
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { count: sorted.length, p50: rank(0.5), p99: rank(0.99), max: sorted.at(-1) ?? 0 }
}
