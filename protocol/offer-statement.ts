import * as v from 'valibot'
import { CallId, CameraId } from './identifiers.ts'

export const OFFER_TYPE = 'mihari-offer+jws'

/**
 * What the host signs of its offer. Media goes to whoever has the private key of one of the fingerprints
 * (RFC 8827 section 5), so these, for this call and this camera, are what there is to vouch for. The digest is of the
 * whole SDP: browsers do not agree on what a line with a fingerprint looks like, and what only one of them reads as
 * one must not come in beside those that were signed. No time: a Pi has no clock at boot, and the call's id is used
 * once.
 */
export const OfferStatement = v.object({
  call: CallId,
  camera: CameraId,
  fingerprints: v.array(v.string()),
  /** SHA-256 of the SDP's UTF-8, base64url. */
  digest: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
})
export type OfferStatement = v.InferOutput<typeof OfferStatement>

/** Every fingerprint in the SDP (RFC 8122), of the session and of each medium: normalized, each once, in order. */
export function fingerprintsOf(sdp: string): string[] {
  const found = sdp.matchAll(/^a=fingerprint:[ \t]*(\S+)[ \t]+(\S+)[ \t]*\r?$/gim)
  return [
    ...new Set([...found].map(([, hash = '', value = '']) => `${hash.toLowerCase()} ${value.toUpperCase()}`)),
  ].sort()
}

/** Whether the statement is of this very offer, whose digest the caller has taken. One without a fingerprint is nobody's. */
export function statesOffer(
  statement: OfferStatement,
  offer: { readonly call: string; readonly camera: string; readonly sdp: string; readonly digest: string },
): boolean {
  return (
    statement.fingerprints.length > 0 &&
    statement.call === offer.call &&
    statement.camera === offer.camera &&
    statement.digest === offer.digest &&
    JSON.stringify(statement.fingerprints) === JSON.stringify(fingerprintsOf(offer.sdp))
  )
}
