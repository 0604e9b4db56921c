import * as v from 'valibot'
import { IceServer } from './ice.ts'
import { CameraId, CameraLabel, DeviceId } from './identifiers.ts'
import { PresenceState, Since } from './presence.ts'

/** What the receiver may do with a camera. */
export const Role = v.picklist(['owner', 'viewer', 'guest'])
export type Role = v.InferOutput<typeof Role>

export const VisibleCamera = v.object({
  camera: CameraId,
  label: CameraLabel,
  state: PresenceState,
  since: Since,
  role: Role,
})
export type VisibleCamera = v.InferOutput<typeof VisibleCamera>

export const ViewerWelcome = v.object({
  type: v.literal('welcome'),
  protocol: v.number(),
  cameras: v.array(VisibleCamera),
  iceServers: v.array(IceServer),
})
export type ViewerWelcome = v.InferOutput<typeof ViewerWelcome>

export const DeviceWelcome = v.object({
  type: v.literal('welcome'),
  protocol: v.number(),
  device: DeviceId,
})
export type DeviceWelcome = v.InferOutput<typeof DeviceWelcome>
