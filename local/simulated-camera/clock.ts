/** Time, as the camera's quirks see it; a test hands in one that it moves itself. */
export interface Clock {
  now(): number
  /** Returns what cancels it. */
  after(ms: number, run: () => void): () => void
}

export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
