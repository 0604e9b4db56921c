import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SiteDescription } from '../template/cloud-description.ts'
import { answerSite } from './site-answer.ts'
import { fillBucket } from './site-bucket.ts'

/** Reads the deployed files once; what is built later takes a new start, as it takes a deploy. */
export function createSite(
  site: SiteDescription,
): (request: IncomingMessage, response: ServerResponse) => void {
  const bucket = fillBucket(site.deployments)
  return (request, response) => {
    const answer = answerSite(site, bucket, {
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      host: request.headers.host,
      acceptEncoding: request.headers['accept-encoding']?.toString(),
      ifNoneMatch: request.headers['if-none-match'],
    })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }
}
