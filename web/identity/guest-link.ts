import { appLink } from '../../protocol/app-link.ts'
import { toBase64url } from '../../protocol/base64url.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Asked } from '../../protocol/operations.ts'
import type { MadeLink } from '../page.ts'
import type { AskResult } from '../viewer/ask-result.ts'

interface GuestLinkPorts {
  /** Of the site, without a slash at the end. */
  readonly origin: string
  readonly randomBytes: (count: number) => Uint8Array
  readonly sha256: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
  readonly grant: (asked: Asked<'grant-by-link'>) => Promise<AskResult<'grant-by-link'>>
}

/** The secret is made here and stands in the link alone: the cloud learns its hash, by which it knows it again. */
export async function makeGuestLink(
  ports: GuestLinkPorts,
  wanted: Omit<Asked<'grant-by-link'>, 'hash'>,
): Promise<MadeLink> {
  const secret = toBase64url(ports.randomBytes(16))
  const hash = toBase64url(await ports.sha256(new TextEncoder().encode(secret)))
  const result = await ports.grant({ ...wanted, hash })
  if (result.kind !== 'done') return result
  const { device } = splitCameraId(wanted.camera)
  const link = appLink(ports.origin, { kind: 'guest', device, secret })
  return { kind: 'made', link, grant: result.answer.grant }
}
