import * as v from 'valibot'
import { Candidates } from './ice.ts'
import { CallId, CameraId } from './identifiers.ts'

const batch = {
  type: v.literal('candidates'),
  call: CallId,
  candidates: Candidates,
  /** Gathering is complete: nothing follows. */
  done: v.optional(v.boolean()),
}

export const HostCandidates = v.object(batch)
export type HostCandidates = v.InferOutput<typeof HostCandidates>

export const ViewerCandidates = v.object({ ...batch, camera: CameraId })
export type ViewerCandidates = v.InferOutput<typeof ViewerCandidates>
