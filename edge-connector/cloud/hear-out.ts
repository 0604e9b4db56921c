import type { Cancel, Clock } from '../clock/clock.ts'

/** [R46] */
const QUIET_MS = 15_000
/** Somebody who never stops talking is not waited for. */
const LONGEST_MS = 60_000

export interface HearingOut {
  /** It was not quiet. */
  heard(): void
  cancel(): void
}

/** Waits until an older connection has been quiet for a while; what was posted there may still be on its way. */
export function hearOut(clock: Clock, done: () => void): HearingOut {
  const end = () => {
    cancel()
    done()
  }
  let cancelQuiet: Cancel = clock.after(QUIET_MS, end)
  const cancelLongest = clock.after(LONGEST_MS, end)
  const cancel = () => {
    cancelQuiet()
    cancelLongest()
  }
  return {
    heard() {
      cancelQuiet()
      cancelQuiet = clock.after(QUIET_MS, end)
    },
    cancel,
  }
}
