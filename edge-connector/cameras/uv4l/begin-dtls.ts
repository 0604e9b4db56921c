/**
 * Lets the camera begin the DTLS handshake (RFC 5763 section 5, RFC 8842): the browser then answers `passive`.
 * A browser that begins does so as soon as its checks come through, which is before the answer has gone its way
 * through the cloud; old cameras drop that first packet, and the browser repeats it no sooner than 50 ms later.
 */
export function beginDtlsAtCamera(sdp: string): string {
  return sdp.replaceAll(/^a=setup:actpass\b/gm, 'a=setup:active')
}
