import * as v from 'valibot'
import { toBase64url } from '../../../protocol/base64url.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import { readDeviceJws, thumbprintInput } from '../../../protocol/jws.ts'
import { OFFER_TYPE, OfferStatement, statesOffer } from '../../../protocol/offer-statement.ts'

/** An offer as it came for a call of this viewer to this camera. */
export interface SignedOffer {
  readonly call: string
  readonly camera: string
  readonly sdp: string
  readonly signature: string | undefined
}

export type Verdict =
  | { readonly kind: 'genuine' }
  | { readonly kind: 'not-genuine' }
  /** The browser could not do the sum. */
  | { readonly kind: 'cannot-tell'; readonly detail: string }

/** May report at once or later, and once. */
export type VerifyOffer = (offer: SignedOffer, report: (verdict: Verdict) => void) => void

export interface SignatureCrypto {
  sha256(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
  /** Strict, as in RFC 8032. */
  verifyEd25519(
    key: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
    signed: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>
}

export function verifyOfferWith(crypto: SignatureCrypto): VerifyOffer {
  return (offer, report) => {
    const tell = (genuine: boolean) => report({ kind: genuine ? 'genuine' : 'not-genuine' })
    isGenuine(offer, crypto).then(tell, (error: unknown) =>
      report({ kind: 'cannot-tell', detail: error instanceof Error ? error.message : String(error) }),
    )
  }
}

/** Whether the camera's own device vouches for this very offer, in this very call [R42]. */
async function isGenuine(offer: SignedOffer, crypto: SignatureCrypto): Promise<boolean> {
  const jws = offer.signature === undefined ? null : readDeviceJws(offer.signature, OFFER_TYPE)
  if (jws === null) return false
  if (!v.is(OfferStatement, jws.payload)) return false
  // All at once: the picture waits for the slowest of them, and each is a way to another thread and back.
  const text = new TextEncoder()
  const [thumbprint, digest, isSigned] = await Promise.all([
    crypto.sha256(text.encode(thumbprintInput(jws.header.jwk))),
    crypto.sha256(text.encode(offer.sdp)),
    crypto.verifyEd25519(jws.key, jws.signature, jws.signed),
  ])
  return (
    isSigned &&
    toBase64url(thumbprint) === splitCameraId(offer.camera).device &&
    statesOffer(jws.payload, { ...offer, digest: toBase64url(digest) })
  )
}
