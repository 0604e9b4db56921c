/** Time as the local services see it. Milliseconds since the epoch; callbacks are synchronous. */
export interface Clock {
  now(): number
  setTimeout(callback: () => void, delayMs: number): ClockTimer
  clearTimeout(timer: ClockTimer): void
}

export interface ClockTimer {
  readonly dueAt: number
}

interface PlatformTimer extends ClockTimer {
  readonly handle: NodeJS.Timeout
}

export const systemClock: Clock = {
  now: Date.now,
  setTimeout: (callback, delayMs): PlatformTimer => ({
    dueAt: Date.now() + delayMs,
    handle: setTimeout(callback, delayMs),
  }),
  clearTimeout: (timer) => clearTimeout((timer as PlatformTimer).handle),
}
