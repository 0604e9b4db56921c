import { SUBPROTOCOL } from './version.ts'

/**
 * What a client shows of itself in `Sec-WebSocket-Protocol`, beside the protocol's name: a browser can set no
 * other header, and a URL ends up in logs.
 */
export type Credential = { readonly kind: 'none' } | { readonly kind: 'device'; readonly token: string }

/** The subprotocols to offer, as the WebSocket constructor takes them. */
export function subprotocolsFor(credential: Credential): string[] {
  return credential.kind === 'none' ? [SUBPROTOCOL] : [SUBPROTOCOL, `${credential.kind}.${credential.token}`]
}

/** Reads the header's value (RFC 6455 section 11.3.4); null when it is not ours, or has what we do not know. */
export function readSubprotocols(header: string): Credential | null {
  const [protocol, credential, ...rest] = header.split(',').map((entry) => entry.trim())
  if (protocol !== SUBPROTOCOL || rest.length > 0) return null
  if (credential === undefined) return { kind: 'none' }
  const token = /^device\.(.+)$/.exec(credential)?.[1]
  return token === undefined ? null : { kind: 'device', token }
}
