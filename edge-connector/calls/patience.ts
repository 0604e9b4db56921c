/** How long one more waits for a viewer. It does not run while the viewer could not be heard [R22]. */
export interface Patience {
  readonly leftMs: number
  /** Since when it runs; null while the link to the cloud is down. */
  readonly since: number | null
}

export function startPatience(ms: number, now: number, linkUp: boolean): Patience {
  return { leftMs: ms, since: linkUp ? now : null }
}

export function pausePatience(patience: Patience, now: number): Patience {
  if (patience.since === null) return patience
  return { leftMs: Math.max(0, patience.leftMs - (now - patience.since)), since: null }
}

/** With `leastMs` at least: a line is dead for a while before that is noticed, and that time was counted. */
export function resumePatience({ leftMs, since }: Patience, leastMs: number, now: number): Patience {
  return since === null ? { leftMs: Math.max(leftMs, leastMs), since: now } : { leftMs, since }
}
