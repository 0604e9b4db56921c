import type { SiteAnswer, SiteRequest } from './site-exchange.ts'

/**
 * The socket takes pages of one origin, so this machine's other names lead to it. Names of other machines are refused:
 * a page elsewhere could have its own name resolved to this machine.
 */
export function answerOtherHost(
  origin: string,
  { host = '', url }: Pick<SiteRequest, 'host' | 'url'>,
): SiteAnswer | undefined {
  if (host.toLowerCase() === new URL(origin).host) return undefined
  if (!url.startsWith('/')) return { status: 400, headers: {} }
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (name === 'localhost' || name === '[::1]' || /^127(\.\d+){3}$/.test(name)) {
    return { status: 307, headers: { location: `${origin}${url}`, 'content-length': 0 } }
  }
  const body = Buffer.from(`Open ${origin}/ instead.\n`)
  return { status: 421, headers: { 'content-type': 'text/plain', 'content-length': body.length }, body }
}
