import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SiteDescription } from '../template/cloud-description.ts'
import { answerSite } from './site-answer.ts'
import { fillBucket } from './site-bucket.ts'

export interface HeaderPolicy {
  /** Whether browsers may be told to insist on https: not with http, nor a certificate that nobody vouches for. */
  readonly strictTransport: boolean
}

/** Reads the deployed files once; what is built later takes a new start, as it takes a deploy. */
export function createSite(
  site: SiteDescription,
  policy: HeaderPolicy = { strictTransport: false },
): (request: IncomingMessage, response: ServerResponse) => void {
  const sent = { ...site, headers: sentHeaders(site.headers, policy) }
  const bucket = fillBucket(site.deployments)
  return (request, response) => {
    const answer = answerSite(sent, bucket, {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      host: request.headers.host,
      acceptEncoding: request.headers['accept-encoding']?.toString(),
      ifNoneMatch: request.headers['if-none-match'],
    })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }
}

/**
 * Strict-Transport-Security must not be sent over plain http (RFC 6797, section 7.2), and for localhost it would bind
 * every other program there.
 */
function sentHeaders(
  headers: SiteDescription['headers'],
  { strictTransport }: HeaderPolicy,
): SiteDescription['headers'] {
  if (strictTransport) return headers
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'strict-transport-security'))
}
