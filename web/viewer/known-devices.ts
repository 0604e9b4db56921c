import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Cameras } from './cameras.ts'

/**
 * What this browser makes of a device. `new`: nobody here has said yet that it is one of theirs. `wrong`: not the one
 * that a guest was sent to, and no question of accepting it.
 */
export type DeviceStanding = 'known' | 'new' | 'wrong'

export interface KnownDevices {
  standing(device: string): DeviceStanding
  /** Keeps it as known, as long as the browser can. */
  learn(device: string): void
}

/** Devices of cameras that can be seen, and of which this browser knows nothing yet [R43]. */
export function newDevicesOf(cameras: Cameras | null, known: KnownDevices): ReadonlySet<string> {
  const shown = [...(cameras?.values() ?? [])].filter(({ state }) => state !== 'removed')
  const devices = shown.map(({ camera }) => splitCameraId(camera).device)
  return new Set(devices.filter((device) => known.standing(device) === 'new'))
}
