import type { Clock } from '../clock/clock.ts'

export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, in order of time. */
  advance(ms: number): void
  /** Milliseconds from now to each waiting timer, soonest first. */
  waiting(): number[]
}

/** A clock that moves only when a test says so. */
export function createFakeClock(): FakeClock {
  let time = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  const soonestBy = (limit: number) =>
    timers.filter((timer) => timer.at <= limit).sort((a, b) => a.at - b.at)[0]
  return {
    now: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const end = time + ms
      for (let timer = soonestBy(end); timer !== undefined; timer = soonestBy(end)) {
        const due = timer
        timers = timers.filter((other) => other !== due)
        time = due.at
        due.run()
      }
      time = end
    },
    waiting: () => timers.map((timer) => timer.at - time).sort((a, b) => a - b),
  }
}
