import type { Presence } from '../../../protocol/presence.ts'
import type { Backend } from '../backend.ts'
import { leaseIsOver } from '../devices/device-state.ts'
import type { DeviceRecord } from '../records.ts'
import type { Onlooker } from '../rights.ts'
import { presenceChanges, visibleCameras } from './presence.ts'
import { tellEach } from './tell-viewer.ts'

const OWNER: Onlooker = { viewer: '', owner: true }

/** When a lease ran out nobody was told: some believe the device there still, and who said hello since does not. */
function believedBefore(before: DeviceRecord | null, now: number): (DeviceRecord | null)[] {
  if (before === null || !leaseIsOver(before, now)) return [before]
  return [before, { ...before, leaseUntil: Number.POSITIVE_INFINITY }]
}

/** Tells every connected viewer what is different of the cameras that it may see. */
export async function announce(
  backend: Backend,
  before: DeviceRecord | null,
  after: DeviceRecord,
  now: number,
): Promise<void> {
  const changesFor = (onlooker: Onlooker): Presence[] => {
    const seenNow = visibleCameras(onlooker, after, now)
    const changes = believedBefore(before, now).flatMap((believed) =>
      presenceChanges(believed === null ? [] : visibleCameras(onlooker, believed, now), seenNow, now),
    )
    return [...new Map(changes.map((change) => [change.camera, change])).values()]
  }
  // Owners see all that anyone sees; a repeated status then costs no look for who is there.
  if (before?.grants === after.grants && changesFor(OWNER).length === 0) return
  await tellEach(backend, changesFor)
}
