import * as v from 'valibot'
import { CallId, CameraId } from './identifiers.ts'

/** The viewer of a running call speaks from another connection now [R47]. To the host it is a sign of life. */
export const Resume = v.object({ type: v.literal('resume'), call: CallId, camera: CameraId })
export type Resume = v.InferOutput<typeof Resume>
