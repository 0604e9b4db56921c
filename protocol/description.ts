import * as v from 'valibot'
import { Candidates, Done, Sdp } from './ice.ts'
import { CallId, CameraId } from './identifiers.ts'

export const Offer = v.object({
  type: v.literal('offer'),
  call: CallId,
  sdp: Sdp,
  candidates: Candidates,
  done: Done,
})
export type Offer = v.InferOutput<typeof Offer>

/** Names its camera so that the cloud finds the host's address and the call's record in one read. */
export const Answer = v.object({
  type: v.literal('answer'),
  call: CallId,
  camera: CameraId,
  sdp: Sdp,
  candidates: Candidates,
  done: Done,
})
export type Answer = v.InferOutput<typeof Answer>
