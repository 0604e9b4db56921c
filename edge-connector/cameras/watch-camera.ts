import type { Clock } from '../clock/clock.ts'
import type { Camera } from './camera-port.ts'

const PROBE_INTERVAL_MS = 30_000
/** A camera that goes down closes its sessions first and its door a little later: one look is too early. */
const SECOND_LOOK_MS = 2_000
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
  let reachable = false
  let stopped = false
  const turn = (now: boolean) => {
    if (stopped || now === reachable) return
    reachable = now
    watch.changed()
  }
  let sightings = 0
  let looking = false
  let again = false
  const look = async (nextMs = PROBE_INTERVAL_MS) => {
    if (stopped) return
    if (looking) {
      again = true
      return
    }
    looking = true
    cancel()
    if (!watch.inUse()) {
      const before = sightings
      const found = await watch.camera.probe()
      // A call that has seen for itself meanwhile knows better than a look that began before.
      if (sightings === before) turn(found)
    }
    looking = false
    if (stopped) return
    if (again) {
      again = false
      void look(SECOND_LOOK_MS)
      return
    }
    const spread = 1 + (watch.random() * 2 - 1) * PROBE_SPREAD
    cancel = watch.clock.after(nextMs * spread, () => void look())
  }
  let cancel = () => {}
  void look().then(watch.settled)
  return {
    reachable: () => reachable,
    observe(now) {
      sightings += 1
      turn(now)
    },
    look: () => void look(SECOND_LOOK_MS),
    stop() {
      stopped = true
      cancel()
    },
  }
}
