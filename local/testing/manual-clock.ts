import type { Clock, ClockTimer } from '../clock.ts'

/** Moved forward, it runs every timer that becomes due on the way, in order, at its own time. */
export interface ManualClock extends Clock {
  advance(ms: number): void
}

interface Pending extends ClockTimer {
  readonly callback: () => void
}

/** Stands still until it is advanced. */
export function manualClock(startMs = 0): ManualClock {
  let time = startMs
  // Kept in the order in which they were set, which is the order of those due at the same time.
  const pending = new Set<Pending>()

  function nextDue(limit: number): Pending | undefined {
    let next: Pending | undefined
    for (const timer of pending) {
      if (timer.dueAt <= limit && (!next || timer.dueAt < next.dueAt)) next = timer
    }
    return next
  }

  return {
    now: () => time,
    setTimeout(callback, delayMs) {
      const timer = { dueAt: time + delayMs, callback }
      pending.add(timer)
      return timer
    },
    clearTimeout: (timer) => void pending.delete(timer as Pending),
    advance(ms) {
      const target = time + ms
      for (let due = nextDue(target); due; due = nextDue(target)) {
        pending.delete(due)
        time = Math.max(due.dueAt, time)
        due.callback()
      }
      time = target
    },
  }
}
