import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { contentType, isCompressible } from './content-type.ts'

export type Encoding = 'br' | 'gzip' | 'identity'

/** One object of the bucket. */
export interface SiteFile {
  readonly contentType: string
  readonly cacheControl: string | undefined
  readonly etag: string
  readonly compressible: boolean
  readonly body: (encoding: Encoding) => Buffer
}

/** CloudFront leaves smaller and larger files as they are
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html). */
const COMPRESSED_BYTES = { from: 1000, to: 10_000_000 }

/** Fast enough to do at the first request, near enough to what CloudFront reaches. */
const BROTLI_QUALITY = 5

export function createSiteFile(path: string, content: Buffer, cacheControl: string | undefined): SiteFile {
  const type = contentType(path)
  const bodies = new Map<Encoding, Buffer>()
  return {
    contentType: type,
    cacheControl,
    etag: `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`,
    compressible:
      isCompressible(type) &&
      content.length >= COMPRESSED_BYTES.from &&
      content.length <= COMPRESSED_BYTES.to,
    body: (encoding) => {
      const body = bodies.get(encoding) ?? encode(content, encoding)
      bodies.set(encoding, body)
      return body
    },
  }
}

function encode(content: Buffer, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'br':
      return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
    case 'gzip':
      return gzipSync(content)
    case 'identity':
      return content
  }
}
