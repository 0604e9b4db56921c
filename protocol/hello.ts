import * as v from 'valibot'
import { CallId, CameraName, InstanceId, Label } from './identifiers.ts'

/** What a device says of a camera of its own. */
export const CameraCondition = v.picklist(['ready', 'busy', 'unreachable'])
export type CameraCondition = v.InferOutput<typeof CameraCondition>

export const MAX_CAMERAS_PER_DEVICE = 16

/** Of its live calls a device names so many; a home has far fewer. */
export const MAX_NAMED_CALLS = 256

export const NamedCalls = v.pipe(v.array(CallId), v.maxLength(MAX_NAMED_CALLS))

/**
 * Counts what one run of a device says of its cameras, in `hello` and `status`: an older word that comes later changes
 * nothing [R50].
 */
export const Sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const Software = v.object({
  name: v.pipe(v.string(), v.maxLength(64)),
  version: v.pipe(v.string(), v.maxLength(32)),
})

const greeting = {
  type: v.literal('hello'),
  protocol: v.pipe(v.number(), v.integer()),
  software: Software,
  instance: InstanceId,
}

export const ViewerHello = v.object(greeting)
export type ViewerHello = v.InferOutput<typeof ViewerHello>

export const DeviceHello = v.object({
  ...greeting,
  cameras: v.pipe(
    v.array(v.object({ name: CameraName, label: v.optional(Label), state: CameraCondition })),
    v.maxLength(MAX_CAMERAS_PER_DEVICE),
  ),
  /** Those that run there. */
  calls: v.optional(NamedCalls),
  sequence: v.optional(Sequence),
})
export type DeviceHello = v.InferOutput<typeof DeviceHello>
