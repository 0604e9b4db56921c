declare global {
  interface Window {
    /** Of the timers that are held, those of this length or less, and of `fromMs` or more, are over now. */
    letPass(ms: number, fromMs?: number): void
    /** How long each of them is. */
    heldTimers(): readonly number[]
  }
}

/** For a page to begin with: its timers of this length or longer are over when they are let pass, and never before. */
export function holdTimers(fromMs: number): void {
  const held = new Map<number, { readonly run: () => void; readonly ms: number }>()
  const { setTimeout: start, clearTimeout: stop } = window
  /** The browser's own are above zero. */
  let last = 0
  window.setTimeout = ((run: () => void, ms = 0) => {
    if (ms < fromMs) return start.call(window, run, ms)
    last -= 1
    held.set(last, { run, ms })
    return last
  }) as typeof window.setTimeout
  window.clearTimeout = (timer) => {
    if (!held.delete(Number(timer))) stop.call(window, timer)
  }
  window.heldTimers = () => [...held.values()].map(({ ms }) => ms)
  window.letPass = (upToMs, fromMs = 0) => {
    for (const [timer, { run, ms }] of [...held]) {
      if (ms >= fromMs && ms <= upToMs && held.delete(timer)) run()
    }
  }
}
