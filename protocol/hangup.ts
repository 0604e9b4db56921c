import * as v from 'valibot'
import { CallId, CameraId } from './identifiers.ts'

/** Why a call ended. A reason that a peer does not know is taken as plain "ended". */
export const HANGUP_REASONS = [
  'viewer-left',
  'viewer-silent',
  'viewer-failed',
  'camera-closed',
  'connector-stopped',
  'taken-over',
  'access-expired',
  'access-revoked',
  'signed-out',
  'device-unpaired',
  'offer-not-genuine',
  'media-lost',
  'viewer-away',
  'called-again',
  'connector-restarted',
] as const
export type HangupReason = (typeof HANGUP_REASONS)[number]

const Reason = v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/))

/** From the host. */
export const Hangup = v.object({ type: v.literal('hangup'), call: CallId, reason: Reason })
export type Hangup = v.InferOutput<typeof Hangup>

/** What a viewer can say of its own end; the rest is for the host and the cloud to say, and for the owner to believe. */
const VIEWERS_REASONS = [
  'viewer-left',
  'viewer-failed',
  'offer-not-genuine',
  'media-lost',
  'viewer-away',
] as const satisfies readonly HangupReason[]

export type ViewersReason = (typeof VIEWERS_REASONS)[number]

export const ViewerHangup = v.object({
  ...Hangup.entries,
  camera: CameraId,
  reason: v.picklist(VIEWERS_REASONS),
})
export type ViewerHangup = v.InferOutput<typeof ViewerHangup>
