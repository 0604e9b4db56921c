import type { Backend } from '../backend.ts'
import type { DeviceRecord } from '../records.ts'
import type { Onlooker } from '../rights.ts'
import { presenceChanges, visibleCameras } from './presence.ts'
import { tellEach } from './tell-viewer.ts'

const OWNER: Onlooker = { viewer: '', owner: true }

/** Tells every connected viewer what is different of the cameras that it may see. */
export async function announce(
  backend: Backend,
  before: DeviceRecord | null,
  after: DeviceRecord,
  now: number,
): Promise<void> {
  const changesFor = (onlooker: Onlooker) =>
    presenceChanges(
      before === null ? [] : visibleCameras(onlooker, before, now),
      visibleCameras(onlooker, after, now),
      now,
    )
  // Owners see all that anyone sees; a repeated status then costs no look for who is there.
  if (before?.grants === after.grants && changesFor(OWNER).length === 0) return
  await tellEach(backend, changesFor)
}
