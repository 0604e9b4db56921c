import { createHash } from 'node:crypto'

/** What the cloud keeps of a pairing code and of a link's secret: SHA-256 of the text, base64url. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
