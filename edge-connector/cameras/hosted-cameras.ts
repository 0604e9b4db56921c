import type { Clock } from '../clock/clock.ts'
import type { Camera } from './camera-port.ts'
import { limitFeeds } from './limit-feeds.ts'
import { type CameraWatch, watchCamera } from './watch-camera.ts'

export interface HostedCamera {
  readonly name: string
  readonly maxCalls: number
  readonly camera: Camera
}

export type WatchedCamera = HostedCamera & { readonly watch: CameraWatch }

export interface HostedCameras {
  readonly byName: ReadonlyMap<string, WatchedCamera>
  /** Resolved when every camera has been looked for once. */
  readonly looked: Promise<void>
}

/** Each camera of the home, watched, and never asked for more feeds than it has. */
export function hostCameras(
  cameras: readonly HostedCamera[],
  around: {
    readonly clock: Clock
    readonly random: () => number
    readonly inUse: (name: string) => boolean
    readonly changed: (name: string) => void
  },
): HostedCameras {
  const { clock, random, inUse, changed } = around
  const byName = new Map<string, WatchedCamera>()
  const looks = cameras.map(
    ({ name, maxCalls, camera }) =>
      new Promise<void>((settled) => {
        const watch = watchCamera({
          ...{ camera, clock, random, settled },
          inUse: () => inUse(name),
          changed: () => changed(name),
        })
        byName.set(name, { name, maxCalls, camera: limitFeeds(camera, maxCalls), watch })
      }),
  )
  return { byName, looked: Promise.all(looks).then(() => {}) }
}
