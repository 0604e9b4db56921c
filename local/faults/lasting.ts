import type { Clock } from '../clock.ts'

/** Faults that begin at once and last for a while. */
export interface Lasting<F extends { readonly forMs: number }> {
  add(fault: F): void
  /** Those that last still, the oldest first. */
  now(): readonly { readonly fault: F; readonly until: number }[]
  clear(): void
}

export function createLasting<F extends { readonly forMs: number }>(clock: Pick<Clock, 'now'>): Lasting<F> {
  let lasting: { readonly fault: F; readonly until: number }[] = []
  return {
    add(fault) {
      lasting.push({ fault, until: clock.now() + fault.forMs })
    },
    now() {
      if (lasting.length > 0) lasting = lasting.filter(({ until }) => until > clock.now())
      return lasting
    },
    clear() {
      lasting = []
    },
  }
}
