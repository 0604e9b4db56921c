import * as v from 'valibot'
import { CallId, CameraId, GrantId } from './identifiers.ts'
import { Role } from './welcome.ts'

/** As the viewer sends it. */
export const Call = v.object({
  type: v.literal('call'),
  call: CallId,
  camera: CameraId,
  /** An owner's: when the camera is full, a guest or a viewer has to make room. */
  takeOver: v.optional(v.boolean()),
  /** An earlier call of the same viewer to this camera, which is over with this one [R48]. */
  replaces: v.optional(CallId),
})
export type Call = v.InferOutput<typeof Call>

/** As the host gets it: the cloud adds who calls, and by what right. The home enforces what that right ends with. */
export const IncomingCall = v.object({
  ...Call.entries,
  /** The viewer's principal: an opaque id, no name and no address. */
  who: v.pipe(v.string(), v.maxLength(256)),
  role: Role,
  /** Milliseconds until the right ends. A duration and no time, for a Pi may not know the time. */
  leftMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** The guest link that it came by, and how many may watch by it at once. */
  link: v.optional(v.object({ grant: GrantId, max: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
})
export type IncomingCall = v.InferOutput<typeof IncomingCall>
