import type { Cancel, Clock } from '../clock/clock.ts'

/** How long `hello` waits for a first look at the cameras; what has not been seen by then is told afterwards. */
const FIRST_LOOK_MS = 300

/** Runs `begin` once: when every camera has been looked for, or when that takes too long. */
export function afterFirstLook(looked: Promise<void>, clock: Clock, begin: () => void): Cancel {
  let waiting = true
  const end = () => {
    waiting = false
    cancelTimer()
  }
  const beginOnce = () => {
    if (!waiting) return
    end()
    begin()
  }
  const cancelTimer = clock.after(FIRST_LOOK_MS, beginOnce)
  void looked.then(beginOnce)
  return end
}
