import type { RequestListener } from 'node:http'
import type { Identity } from '../identity/identity.ts'
import { answerOtherHost } from './other-host.ts'

/** The provider has a folder of the site's address, where the template has people at all. */
export function besideSite(
  identity: Pick<Identity, 'isFor' | 'handle'> | undefined,
  origin: string,
  site: RequestListener,
): RequestListener {
  if (!identity) return site
  return (request, response) => {
    const url = request.url ?? ''
    if (!identity.isFor(url)) return site(request, response)
    const elsewhere = answerOtherHost(origin, { host: request.headers.host, url })
    if (elsewhere) return void response.writeHead(elsewhere.status, elsewhere.headers).end(elsewhere.body)
    identity.handle(request, response)
  }
}
