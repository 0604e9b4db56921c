import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Role } from '../../protocol/welcome.ts'
import type { CallRecord, DeviceRecord, GrantRecord } from './records.ts'

/** As whom one looks: a person or a guest with its record, or an open connection. */
export interface Onlooker {
  /** Id of the principal: a person's and a grant's never look alike. */
  readonly viewer: string
  readonly owner: boolean
}

export interface Right {
  readonly role: Role
  /** Epoch ms: what was shown of the camera before that is out of date. */
  readonly since: number
  /** Epoch ms; null when it does not end. */
  readonly until: number | null
  /** The guest link that it comes by. */
  readonly link: { readonly grant: string; readonly max: number } | null
}

/** The one place that says who may see a camera [R33]; null: for this one there is no such camera. */
export function rightTo(onlooker: Onlooker, device: DeviceRecord, camera: string, now: number): Right | null {
  if (!device.cameras.some(({ name }) => name === camera)) return null
  return grantedRight(onlooker, device, camera, now)
}

/** The same of a call that runs, which outlives that its device names the camera. */
export function grantedRight(
  { viewer, owner }: Onlooker,
  device: DeviceRecord,
  camera: string,
  now: number,
): Right | null {
  if (device.paired === null) return null
  if (owner) return { role: 'owner', since: device.paired.at, until: null, link: null }
  const grant = device.grants.find((one) => one.camera === camera && isFor(one, viewer) && !isOver(one, now))
  if (grant === undefined) return null
  const { createdAt: since } = grant
  if (grant.kind === 'person') return { role: 'viewer', since, until: null, link: null }
  return { role: 'guest', since, until: grant.until, link: { grant: grant.grant, max: grant.max } }
}

/** By which a running call goes on: one that an owner made needs no grant, and a person's may have another. */
export function rightOfCall(call: CallRecord, device: DeviceRecord, now: number): Right | null {
  const onlooker = { viewer: call.viewer, owner: call.role === 'owner' }
  return grantedRight(onlooker, device, splitCameraId(call.camera).name, now)
}

export function isOver(grant: GrantRecord, now: number): boolean {
  return grant.kind === 'link' && now >= grant.until
}

function isFor(grant: GrantRecord, viewer: string): boolean {
  return grant.kind === 'link' ? grant.grant === viewer : grant.person === viewer
}
