import { MAX_GRANTS_PER_DEVICE } from '../../../protocol/operations.ts'
import type { DeviceRecord, GrantRecord } from '../records.ts'

/** A link that is over says `link-expired` to those whom it let in before, for as long as they may be connected. */
const KEPT_AFTER_END_MS = 24 * 60 * 60_000

export type GrantRefusal = 'unknown-camera' | 'too-many-grants'

/** The device with one grant more. */
export function withGrant(
  before: DeviceRecord | null,
  grant: GrantRecord,
  now: number,
): DeviceRecord | GrantRefusal {
  if (before === null || !hasCamera(before, grant.camera)) return 'unknown-camera'
  const kept = before.grants.filter((one) => one.kind !== 'link' || now < one.until + KEPT_AFTER_END_MS)
  if (kept.length >= MAX_GRANTS_PER_DEVICE) return 'too-many-grants'
  return { ...before, revision: before.revision + 1, grants: [...kept, grant] }
}

export function hasCamera(device: DeviceRecord | null, name: string): boolean {
  return device !== null && device.paired !== null && device.cameras.some((camera) => camera.name === name)
}
