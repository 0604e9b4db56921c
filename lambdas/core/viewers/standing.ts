import type { ErrorCode } from '../../../protocol/error-codes.ts'
import type { Backend } from '../backend.ts'
import type { Guest, Person, ViewerPrincipal } from '../principal.ts'
import type { DeviceRecord, LinkGrant, PersonRecord } from '../records.ts'
import { isOver, type Onlooker } from '../rights.ts'

/** Why who was let in once counts no more. */
export type Fall = Extract<ErrorCode, 'signed-out' | 'link-expired' | 'link-revoked'>

export interface Standing {
  readonly onlooker: Onlooker
  /** What the owner reads in the history. */
  readonly name: string
  /** The device that was asked for, where the viewer can have anything to do with it. */
  readonly device: DeviceRecord | null
}

/** The viewer as the database has it now, and the device that it wants something of, in one round trip. */
export async function readStanding(
  { store, now }: Backend,
  principal: ViewerPrincipal,
  deviceId: string,
): Promise<Standing | Fall> {
  if (principal.kind === 'person') {
    const { person, device } = await store.getPersonAndDevice(principal.id, deviceId)
    if (isSignedOut(principal, person)) return 'signed-out'
    return {
      onlooker: { viewer: principal.id, owner: person?.owner ?? false },
      name: principal.name,
      device,
    }
  }
  const device = await store.getDevice(principal.device)
  const link = linkOf(principal, device, now())
  if (typeof link === 'string') return link
  return {
    onlooker: guestOnlooker(principal),
    name: link.label,
    device: device?.id === deviceId ? device : null,
  }
}

export function isSignedOut(principal: Person, record: PersonRecord | null): boolean {
  return record !== null && principal.authenticatedAt <= record.signedOutAt
}

/** The grant that the guest came by, on the device that it is of. */
export function linkOf(
  principal: Guest,
  device: DeviceRecord | null,
  now: number,
): LinkGrant | Exclude<Fall, 'signed-out'> {
  const grant = device?.paired ? device.grants.find((one) => one.grant === principal.id) : undefined
  if (grant === undefined || grant.kind !== 'link') return 'link-revoked'
  return isOver(grant, now) ? 'link-expired' : grant
}

export function guestOnlooker(principal: Guest): Onlooker {
  return { viewer: principal.id, owner: false }
}
