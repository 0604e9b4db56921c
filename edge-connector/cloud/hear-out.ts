import { OLD_LIMIT_MS, OLD_QUIET_MS } from '../../protocol/connection-times.ts'
import type { Cancel, Clock } from '../clock/clock.ts'

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
  let cancelQuiet: Cancel = clock.after(OLD_QUIET_MS, end)
  const cancelLongest = clock.after(OLD_LIMIT_MS, end)
  const cancel = () => {
    cancelQuiet()
    cancelLongest()
  }
  return {
    heard() {
      cancelQuiet()
      cancelQuiet = clock.after(OLD_QUIET_MS, end)
    },
    cancel,
  }
}
