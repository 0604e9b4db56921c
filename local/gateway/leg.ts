import type { Clock } from '../clock.ts'

/** One direction of the way between a client and the cloud: whatever crosses it is handed over at its far end. */
export interface Leg {
  /** `message`: the frame that crosses, where it is one and no opening, ping or closing. */
  carry(deliver: () => void, message?: Buffer | string): void
}

/** Takes `delayMs` for everything, and keeps its order. */
export function createLeg(clock: Clock, delayMs: number): Leg {
  if (delayMs === 0) return { carry: (deliver) => deliver() }
  return { carry: (deliver) => void clock.setTimeout(deliver, delayMs) }
}
