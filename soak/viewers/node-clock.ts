import type { Clock } from '../../web/viewer/timers.ts'

/** The machine's clock for one viewer: it ends with the viewer, and its long waits can be cut short. */
export class NodeClock implements Clock {
  readonly #waiting = new Map<NodeJS.Timeout, { readonly run: () => void; readonly delayMs: number }>()

  now(): number {
    return Date.now()
  }

  setTimeout(run: () => void, delayMs: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#waiting.delete(timer)
      run()
    }, delayMs)
    this.#waiting.set(timer, { run, delayMs })
    return timer
  }

  clearTimeout(handle: unknown): void {
    clearTimeout(handle as NodeJS.Timeout)
    this.#waiting.delete(handle as NodeJS.Timeout)
  }

  /** What was to come after so long comes now; returns how much that was. */
  pass(fromMs: number, belowMs: number): number {
    let passed = 0
    for (const [timer, { run, delayMs }] of [...this.#waiting]) {
      if (delayMs < fromMs || delayMs >= belowMs || !this.#waiting.has(timer)) continue
      this.clearTimeout(timer)
      passed += 1
      run()
    }
    return passed
  }

  stop(): void {
    for (const timer of [...this.#waiting.keys()]) this.clearTimeout(timer)
  }
}
