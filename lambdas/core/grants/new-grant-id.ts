import { toBase64url } from '../../../protocol/base64url.ts'
import type { Backend } from '../backend.ts'

export function newGrantId({ randomBytes }: Backend): string {
  return toBase64url(randomBytes(16))
}
