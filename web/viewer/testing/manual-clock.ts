import type { Clock } from '../timers.ts'

export interface ManualClock extends Clock {
  advance(ms: number): void
}

/** Stands still until it is advanced; then every timer runs at its own time, in order. */
export function manualClock(): ManualClock {
  let now = 0
  const timers = new Map<object, { readonly dueAt: number; readonly callback: () => void }>()
  return {
    now: () => now,
    setTimeout(callback, delayMs) {
      const handle = {}
      timers.set(handle, { dueAt: now + delayMs, callback })
      return handle
    },
    clearTimeout(handle) {
      timers.delete(handle as object)
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.dueAt <= until)
        const [next] = due.sort(([, a], [, b]) => a.dueAt - b.dueAt)
        if (next === undefined) break
        timers.delete(next[0])
        now = next[1].dueAt
        next[1].callback()
      }
      now = until
    },
  }
}
