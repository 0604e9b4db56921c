/** By RFC 6761 and RFC 1122 these names lead everybody to their own machine: whoever gets such a link cannot open it. */
export function opensHereOnly(link: string): boolean {
  const { hostname } = new URL(link)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
