import * as v from 'valibot'
import { NamedCalls } from './hello.ts'
import { IceServer } from './ice.ts'
import { CameraId, DeviceId, Label, MAX_NAME_LENGTH } from './identifiers.ts'
import { PresenceState, Since } from './presence.ts'

/** What the receiver may do with a camera. */
export const Role = v.picklist(['owner', 'viewer', 'guest'])
export type Role = v.InferOutput<typeof Role>

export const VisibleCamera = v.object({
  camera: CameraId,
  label: Label,
  state: PresenceState,
  since: Since,
  role: Role,
  /** Epoch ms by the cloud's clock: when the receiver's right ends. */
  until: v.optional(Since),
})
export type VisibleCamera = v.InferOutput<typeof VisibleCamera>

/** Milliseconds from now: when the receiver opens its next connection, before the gateway ends this one [R46]. */
const RollOverMs = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Whom the cloud takes the receiver for. */
export const Self = v.object({
  kind: v.picklist(['person', 'guest']),
  /** A person's e-mail address or name; the label of a guest's link. */
  name: v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH)),
  /** An owner sees every paired camera and decides who else may. */
  owner: v.boolean(),
})
export type Self = v.InferOutput<typeof Self>

export const ViewerWelcome = v.object({
  type: v.literal('welcome'),
  protocol: v.number(),
  self: Self,
  cameras: v.array(VisibleCamera),
  iceServers: v.array(IceServer),
  rollOverMs: v.optional(RollOverMs),
})
export type ViewerWelcome = v.InferOutput<typeof ViewerWelcome>

export const DeviceWelcome = v.object({
  type: v.literal('welcome'),
  protocol: v.number(),
  device: DeviceId,
  /** Whether an owner has claimed it; until then it may do nothing but ask for that. */
  paired: v.boolean(),
  /** Of the calls that its `hello` has named those that may not go on. */
  ended: v.optional(NamedCalls),
  rollOverMs: v.optional(RollOverMs),
})
export type DeviceWelcome = v.InferOutput<typeof DeviceWelcome>

/** To a device that an owner has just claimed: it says `hello` again. */
export const Paired = v.object({ type: v.literal('paired'), label: Label })
export type Paired = v.InferOutput<typeof Paired>
