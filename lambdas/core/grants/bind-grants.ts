import type { Backend } from '../backend.ts'
import { changeDevice } from '../devices/change-device.ts'
import type { DeviceRecord, GrantRecord, PersonGrant } from '../records.ts'

interface Proven {
  /** Id of the person. */
  readonly id: string
  /** In lower case, and only when it is verified. */
  readonly email: string | null
}

/** What was granted to an address becomes the right of the person who proves it [R33]. The devices as they are then. */
export async function bindGrants(
  backend: Backend,
  person: Proven,
  devices: readonly DeviceRecord[],
): Promise<readonly DeviceRecord[]> {
  return Promise.all(
    devices.map(async (device) => {
      if (withBoundGrants(device, person) === null) return device
      const changed = await changeDevice(backend, device.id, (before) =>
        before === null ? null : withBoundGrants(before, person),
      )
      return changed.kind === 'changed' ? changed.after : (changed.before ?? device)
    }),
  )
}

/** Null when none waits for this person. */
function withBoundGrants(device: DeviceRecord, { id, email }: Proven): DeviceRecord | null {
  const waits = (grant: GrantRecord): grant is PersonGrant =>
    grant.kind === 'person' && grant.person === null && grant.email === email
  if (!device.grants.some(waits)) return null
  return {
    ...device,
    revision: device.revision + 1,
    grants: device.grants.map((grant) => (waits(grant) ? { ...grant, person: id } : grant)),
  }
}
