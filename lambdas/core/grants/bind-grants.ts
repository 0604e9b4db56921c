import type { Backend } from '../backend.ts'
import { changeDevice } from '../devices/change-device.ts'
import type { DeviceRecord } from '../records.ts'

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
      const changed = await changeDevice<never>(backend, device.id, (before) =>
        before === null ? null : withBoundGrants(before, person),
      )
      return changed?.after ?? device
    }),
  )
}

/** Null when none waits for this person. */
function withBoundGrants(device: DeviceRecord, { id, email }: Proven): DeviceRecord | null {
  const waiting = device.grants.filter(
    (grant) => grant.kind === 'person' && grant.person === null && grant.email === email,
  )
  if (waiting.length === 0) return null
  return {
    ...device,
    revision: device.revision + 1,
    grants: device.grants.map((grant) =>
      waiting.includes(grant) ? { ...grant, person: id } : grant,
    ) as DeviceRecord['grants'],
  }
}
