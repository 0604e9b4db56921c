import * as v from 'valibot'
import { CameraId, Label } from './identifiers.ts'

/** What a viewer is told of a camera. `removed`: its device no longer has it, or the viewer no longer may see it. */
export const PresenceState = v.picklist(['online', 'busy', 'unreachable', 'offline', 'removed'])
export type PresenceState = v.InferOutput<typeof PresenceState>

/** What a `Date` can be (ECMA-262 section 21.4.1.1): past it, whoever shows a time fails. */
const LAST_TIME_MS = 8.64e15

/** Epoch milliseconds, by the cloud's clock: when the state began. Of two presences the later one holds. */
export const Since = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LAST_TIME_MS))

export const Presence = v.object({
  type: v.literal('presence'),
  camera: CameraId,
  label: v.optional(Label),
  state: PresenceState,
  since: Since,
})
export type Presence = v.InferOutput<typeof Presence>
