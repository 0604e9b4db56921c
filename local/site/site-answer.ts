import type { SiteDescription } from '../template/cloud-description.ts'
import { negotiateEncoding } from './negotiate-encoding.ts'
import { answerOtherHost } from './other-host.ts'
import type { SiteAnswer, SiteRequest } from './site-exchange.ts'
import type { SiteFile } from './site-file.ts'

/** What the browser would be told by CloudFront in front of the bucket. */
export function answerSite(
  site: SiteDescription,
  bucket: ReadonlyMap<string, SiteFile>,
  request: SiteRequest,
): SiteAnswer {
  const elsewhere = answerOtherHost(site.origin, request)
  if (elsewhere) return elsewhere
  const { status, file } = find(site, bucket, request)
  const { headers } = site
  if (!file) {
    const body = Buffer.from('Access denied\n')
    return withBody(status, { ...headers, 'content-type': 'text/plain' }, body, request)
  }
  const encoding = file.compressible ? negotiateEncoding(request.acceptEncoding) : 'identity'
  // Compressed on the way, it is the same file in other bytes.
  const etag = encoding === 'identity' ? file.etag : `W/${file.etag}`
  const described = {
    ...headers,
    ...(file.cacheControl !== undefined && { 'cache-control': file.cacheControl }),
    ...(file.compressible && { vary: 'Accept-Encoding' }),
    etag,
  }
  if (status === 200 && isKnown(request.ifNoneMatch, file.etag)) return { status: 304, headers: described }
  return withBody(
    status,
    {
      ...described,
      'content-type': file.contentType,
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    },
    file.body(encoding),
    request,
  )
}

/** A bucket that may not be listed says 403 of what it does not hold, and CloudFront of any other method. */
const REFUSED = 403

function find(site: SiteDescription, bucket: ReadonlyMap<string, SiteFile>, { method, url }: SiteRequest) {
  if (method !== 'GET' && method !== 'HEAD') return { status: REFUSED, file: undefined }
  const key = keyOf(url, site.defaultRootObject)
  const file = key === undefined ? undefined : bucket.get(key)
  if (file) return { status: 200, file }
  const page = site.errorPages.find(({ status }) => status === REFUSED)
  return page
    ? { status: page.answer, file: bucket.get(page.path.slice(1)) }
    : { status: REFUSED, file: undefined }
}

function keyOf(url: string, defaultRootObject: string): string | undefined {
  const [path = ''] = url.split('?')
  if (path === '/') return defaultRootObject
  try {
    return decodeURIComponent(path.slice(1))
  } catch {
    // Not percent-encoding: there is no such key.
    return undefined
  }
}

/** Weak comparison, as If-None-Match has it (RFC 9110, section 13.1.2). */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}

function withBody(
  status: number,
  headers: SiteAnswer['headers'],
  body: Buffer,
  { method }: SiteRequest,
): SiteAnswer {
  const described = { ...headers, 'content-length': body.length }
  return method === 'HEAD' ? { status, headers: described } : { status, headers: described, body }
}
