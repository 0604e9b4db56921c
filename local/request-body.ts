/** Reads all of it in any case, so that the answer finds a client that has finished asking. */
export async function readRequestBody(
  request: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  return bytes > maxBytes ? 'too-large' : Buffer.concat(chunks)
}

/** Undefined when it is none. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
