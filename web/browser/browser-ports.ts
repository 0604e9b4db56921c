import type { Clock } from '../viewer/timers.ts'

export const browserClock: Clock = {
  now: Date.now,
  setTimeout: (callback, delayMs) => window.setTimeout(callback, delayMs),
  clearTimeout: (handle) => window.clearTimeout(handle as number),
}

export const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))
