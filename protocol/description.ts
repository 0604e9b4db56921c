import * as v from 'valibot'
import { Candidates, Done, Sdp } from './ice.ts'
import { CallId, CameraId } from './identifiers.ts'

const Signature = v.pipe(v.string(), v.maxLength(2_000))

export const Offer = v.object({
  type: v.literal('offer'),
  call: CallId,
  sdp: Sdp,
  candidates: Candidates,
  done: Done,
  /** The host's word on this offer (offer-statement.ts), as a compact JWS by the device's key. */
  signature: v.optional(Signature),
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
  /** Reserved for viewers that a home has approved. */
  signature: v.optional(Signature),
})
export type Answer = v.InferOutput<typeof Answer>
