import * as v from 'valibot'
import { CallId, CameraId } from './identifiers.ts'
import { Role } from './welcome.ts'

/** As the viewer sends it. */
export const Call = v.object({
  type: v.literal('call'),
  call: CallId,
  camera: CameraId,
})
export type Call = v.InferOutput<typeof Call>

/** As the host gets it: the cloud adds who calls, and by what right. */
export const IncomingCall = v.object({
  ...Call.entries,
  who: v.pipe(v.string(), v.maxLength(256)),
  role: Role,
})
export type IncomingCall = v.InferOutput<typeof IncomingCall>
