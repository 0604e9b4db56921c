import type { Presence } from '../../../protocol/presence.ts'
import type { Backend } from '../backend.ts'
import { leaseIsOver } from '../devices/device-state.ts'
import type { DeviceRecord } from '../records.ts'
import type { Onlooker } from '../rights.ts'
import { presenceChanges, presenceOf, visibleCameras } from './presence.ts'
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

/** A device says once more what it has changed, sooner than the one and later than the other after that. */
const AGAIN_WITHIN_MS = 60_000
const AGAIN_AFTER_MS = 3_000

/**
 * Tells what has changed a while ago once more, when the device says it again [R50]: whoever wrote it then may have
 * failed before it was told. For whoever was told it changes nothing, for it is of the same time.
 */
export async function announceAgain(backend: Backend, device: DeviceRecord, now: number): Promise<void> {
  const changedFor = (onlooker: Onlooker): Presence[] =>
    visibleCameras(onlooker, device, now)
      .filter(({ since }) => now - since < AGAIN_WITHIN_MS && now - since >= AGAIN_AFTER_MS)
      .map(presenceOf)
  if (changedFor(OWNER).length > 0) await tellEach(backend, changedFor)
}
