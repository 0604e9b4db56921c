/** Time as the local services see it. Milliseconds since the epoch; callbacks are synchronous. */
export interface Clock {
  now(): number
  setTimeout(callback: () => void, delayMs: number): ClockTimer
  clearTimeout(timer: ClockTimer): void
}

export interface ClockTimer {
  readonly dueAt: number
}

/** A clock that can be moved forward: every timer that becomes due on the way runs, in order, at its own time. */
export interface MovableClock extends Clock {
  advance(ms: number): void
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

/** Stands still until it is advanced. */
export function manualClock(startMs = 0): MovableClock {
  return movableClock({
    now: () => startMs,
    setTimeout: (_, delayMs) => ({ dueAt: startMs + delayMs }),
    clearTimeout: () => {},
  })
}

interface Pending extends ClockTimer {
  readonly callback: () => void
  base: ClockTimer | undefined
}

/** Runs with `base` and can be moved ahead of it. */
export function movableClock(base: Clock): MovableClock {
  let aheadMs = 0
  // While advancing, time stands at the timer that is running.
  let pausedAt: number | undefined
  // Kept in the order in which they were set, which is the order of those due at the same time.
  const pending = new Set<Pending>()

  const now = () => pausedAt ?? base.now() + aheadMs

  function run(timer: Pending) {
    pending.delete(timer)
    if (timer.base) base.clearTimeout(timer.base)
    timer.callback()
  }

  function nextDue(limit: number): Pending | undefined {
    let next: Pending | undefined
    for (const timer of pending) {
      if (timer.dueAt <= limit && (!next || timer.dueAt < next.dueAt)) next = timer
    }
    return next
  }

  return {
    now,
    setTimeout(callback, delayMs) {
      const timer: Pending = { dueAt: now() + delayMs, callback, base: undefined }
      pending.add(timer)
      timer.base = base.setTimeout(() => run(timer), delayMs)
      return timer
    },
    clearTimeout(timer) {
      const known = timer as Pending
      if (pending.delete(known) && known.base) base.clearTimeout(known.base)
    },
    advance(ms) {
      const target = now() + ms
      for (let due = nextDue(target); due; due = nextDue(target)) {
        pausedAt = Math.max(due.dueAt, now())
        run(due)
      }
      pausedAt = undefined
      aheadMs += target - now()
    },
  }
}
