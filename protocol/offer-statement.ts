import * as v from 'valibot'
import { CallId, CameraId } from './identifiers.ts'

export const OFFER_TYPE = 'mihari-offer+jws'

/**
 * What the host signs of its offer. Media goes to whoever has the private key of one of the fingerprints
 * (RFC 8827 section 5), so these, for this call and this camera, are all that there is to vouch for. No time: a Pi
 * has no clock at boot, and the call's id is used once.
 */
export const OfferStatement = v.object({
  call: CallId,
  camera: CameraId,
  fingerprints: v.array(v.string()),
})
export type OfferStatement = v.InferOutput<typeof OfferStatement>

/** Every fingerprint in the SDP (RFC 8122), of the session and of each medium: normalized, each once, in order. */
export function fingerprintsOf(sdp: string): string[] {
  const found = sdp.matchAll(/^a=fingerprint:[ \t]*(\S+)[ \t]+(\S+)[ \t]*\r?$/gim)
  return [
    ...new Set([...found].map(([, hash = '', value = '']) => `${hash.toLowerCase()} ${value.toUpperCase()}`)),
  ].sort()
}

/** Whether the statement is of this very offer. An SDP without a fingerprint is nobody's. */
export function statesOffer(
  statement: OfferStatement,
  offer: { readonly call: string; readonly camera: string; readonly sdp: string },
): boolean {
  const fingerprints = fingerprintsOf(offer.sdp)
  // Each line that names a fingerprint in whatever form must be one of those that were read.
  const lines = offer.sdp.split(/\r\n|\r|\n/).filter((line) => /^\s*a\s*=\s*fingerprint/i.test(line))
  return (
    statement.call === offer.call &&
    statement.camera === offer.camera &&
    fingerprints.length > 0 &&
    lines.every((line) => fingerprintsOf(line).length === 1) &&
    JSON.stringify(statement.fingerprints) === JSON.stringify(fingerprints)
  )
}
