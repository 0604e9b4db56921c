export interface ThrottleSettings {
  readonly ratePerSecond: number
  readonly burst: number
}

/** A token bucket. `take` says whether one more is let through at this time (milliseconds). */
export interface Throttle {
  take(nowMs: number): boolean
}

export function createThrottle({ ratePerSecond, burst }: ThrottleSettings): Throttle {
  let tokens = burst
  let filledAt: number | undefined
  return {
    take(nowMs) {
      const elapsedS = (nowMs - (filledAt ?? nowMs)) / 1000
      filledAt = nowMs
      tokens = Math.min(burst, tokens + elapsedS * ratePerSecond)
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
