import * as v from 'valibot'
import { Candidates, Done } from './ice.ts'
import { CallId, CameraId } from './identifiers.ts'

const batch = {
  type: v.literal('candidates'),
  call: CallId,
  candidates: Candidates,
  done: Done,
}

export const HostCandidates = v.object(batch)
export type HostCandidates = v.InferOutput<typeof HostCandidates>

export const ViewerCandidates = v.object({ ...batch, camera: CameraId })
export type ViewerCandidates = v.InferOutput<typeof ViewerCandidates>
