import type { Clock } from '../clock/clock.ts'
import type { Camera } from './camera-port.ts'

const PROBE_INTERVAL_MS = 30_000
/** A camera that goes down closes its sessions first and its door a little later: one look is too early. */
const SECOND_LOOK_MS = 2_000
/** One that has just gone may be starting again, and somebody waits for it. */
const LOST_INTERVAL_MS = 2_000
const LOST_LATELY_MS = 60_000
const LOST_LONG_INTERVAL_MS = 10_000
/** Spread, so that many cameras are not asked in the same moment. */
const PROBE_SPREAD = 0.2

export interface CameraWatch {
  reachable(): boolean
  /** A call has seen for itself. */
  observe(reachable: boolean): void
  /** Something happened to the camera: looks now and once more soon, instead of when it is time. */
  look(): void
  stop(): void
}

/**
 * Knows whether a camera is there, so that presence is honest before anybody calls. A camera with a session has
 * shown that it is, and is left alone. `settled` is called once, after the first look.
 */
export function watchCamera(watch: {
  readonly camera: Camera
  readonly clock: Clock
  readonly random: () => number
  readonly inUse: () => boolean
  readonly changed: () => void
  readonly settled: () => void
}): CameraWatch {
  const { clock } = watch
  let reachable = false
  let lostAt = clock.now()
  /** A call was not answered. An open door says nothing then: a camera that hangs has one. */
  let doubtful = false
  let stopped = false
  const turn = (now: boolean) => {
    if (stopped || now === reachable) return
    reachable = now
    if (!now) lostAt = clock.now()
    watch.changed()
  }
  let sightings = 0
  let looking = false
  let again = false
  const look = async (soonMs?: number) => {
    if (stopped) return
    if (looking) {
      again = true
      return
    }
    looking = true
    cancel()
    if (!reachable || !watch.inUse()) {
      const before = sightings
      const found = await watch.camera.probe()
      // A call that has seen for itself meanwhile knows better than a look that began before.
      if (sightings === before) {
        if (!found) doubtful = false
        if (!doubtful) turn(found)
      }
    }
    looking = false
    if (stopped) return
    if (again) {
      again = false
      void look(SECOND_LOOK_MS)
      return
    }
    const spread = 1 + (watch.random() * 2 - 1) * PROBE_SPREAD
    cancel = clock.after(intervalMs(soonMs) * spread, () => {
      doubtful = false
      void look()
    })
  }
  const intervalMs = (soonMs = PROBE_INTERVAL_MS) => {
    if (doubtful) return PROBE_INTERVAL_MS
    if (reachable) return soonMs
    return clock.now() - lostAt < LOST_LATELY_MS ? LOST_INTERVAL_MS : LOST_LONG_INTERVAL_MS
  }
  let cancel = () => {}
  void look().then(watch.settled)
  return {
    reachable: () => reachable,
    observe(now) {
      sightings += 1
      turn(now)
      doubtful = !now
      if (now) return
      lostAt = clock.now()
      void look()
    },
    look: () => void look(SECOND_LOOK_MS),
    stop() {
      stopped = true
      cancel()
    },
  }
}
