import * as v from 'valibot'
import { CameraCondition, MAX_CAMERAS_PER_DEVICE, Sequence } from './hello.ts'
import { CameraName } from './identifiers.ts'

/** The device's word on its cameras; repeated, it renews the lease on the device's presence. */
export const Status = v.object({
  type: v.literal('status'),
  cameras: v.pipe(
    v.array(v.object({ name: CameraName, state: CameraCondition })),
    v.maxLength(MAX_CAMERAS_PER_DEVICE),
  ),
  sequence: v.optional(Sequence),
})
export type Status = v.InferOutput<typeof Status>
