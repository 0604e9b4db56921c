/** Is told everything a client sends, in any pieces; says true as soon as a frame above the limit begins. */
export type FrameScanner = (chunk: Uint8Array) => boolean

/**
 * `ws` hands over whole messages and has no limit on a frame, so that frames are measured on the way to it.
 * Reads their headers alone (RFC 6455, section 5.2).
 */
export function createFrameScanner(maxPayloadBytes: number): FrameScanner {
  let header: number[] = []
  let payloadLeft = 0
  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (payloadLeft > 0) {
        const skipped = Math.min(payloadLeft, chunk.length - at)
        payloadLeft -= skipped
        at += skipped
        continue
      }
      header.push(chunk[at] ?? 0)
      at += 1
      const length = payloadLength(header)
      if (length === undefined) continue
      if (length > maxPayloadBytes) return true
      header = []
      payloadLeft = length
    }
    return false
  }
}

/** Undefined until the header is complete, mask included. */
function payloadLength(header: readonly number[]): number | undefined {
  const [, second] = header
  if (second === undefined) return undefined
  const short = second & 0x7f
  const extendedBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const maskBytes = second & 0x80 ? 4 : 0
  if (header.length < 2 + extendedBytes + maskBytes) return undefined
  if (extendedBytes === 0) return short
  return header.slice(2, 2 + extendedBytes).reduce((length, byte) => length * 256 + byte, 0)
}
