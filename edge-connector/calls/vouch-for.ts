import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { Offer } from '../../protocol/description.ts'
import { fingerprintsOf, type OfferStatement } from '../../protocol/offer-statement.ts'

export type Vouching =
  | { readonly ok: true; readonly signature: string }
  | { readonly ok: false; readonly reason: string }

/** [R42] The signature under exactly this offer, if it is one that a viewer could verify. */
export function vouchFor(
  offer: { readonly call: string; readonly camera: string; readonly sdp: string },
  sign: (statement: OfferStatement) => string,
): Vouching {
  const { call, camera, sdp } = offer
  const digest = createHash('sha256').update(sdp).digest('base64url')
  const statement = { call, camera, fingerprints: fingerprintsOf(sdp), digest }
  if (statement.fingerprints.length === 0) {
    return { ok: false, reason: 'it has no DTLS fingerprint, so that nobody could tell whose picture it is' }
  }
  const signature = sign(statement)
  // A camera has one certificate, rarely two: so many would not fit their place on the wire.
  return v.is(Offer.entries.signature, signature)
    ? { ok: true, signature }
    : { ok: false, reason: 'it has too many DTLS fingerprints' }
}
