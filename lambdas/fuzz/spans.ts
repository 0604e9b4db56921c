/** A time in which something held; both ends belong to it. Epoch ms. */
export interface Span {
  readonly from: number
  to: number
}

/** When both held. */
export function common(some: readonly Span[], others: readonly Span[]): Span[] {
  return some.flatMap((one) =>
    others.flatMap((other) => {
      const both = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
      return both.from <= both.to ? [both] : []
    }),
  )
}

export function heldWithin(spans: readonly Span[], from: number, to: number): boolean {
  return spans.some((span) => span.from <= to && span.to >= from)
}

/** Holds now and is not known to end now. */
export function goesOn(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => span.from <= at && span.to > at)
}

/**
 * The same, and held before. Of two that run side by side, what has begun in this very moment may have come after
 * what has ended in it.
 */
export function goesThrough(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => span.from < at && span.to > at)
}

/** What has begun and not ended ends now. */
export function endSpans(spans: readonly Span[], at: number): void {
  for (const span of spans) span.to = Math.min(span.to, at)
}

/** The same, but for what has begun in this very moment: of two that run side by side it may have been the later. */
export function endEarlier(spans: readonly Span[], at: number): void {
  endSpans(
    spans.filter(({ from }) => from < at),
    at,
  )
}
