import { SUBPROTOCOL } from './version.ts'

const KINDS = ['bearer', 'device', 'guest'] as const

/**
 * What a client shows of itself in `Sec-WebSocket-Protocol`, beside the protocol's name: a browser can set no
 * other header, and a URL ends up in logs. `bearer` is a person's ID token, `device` a token that the device signed
 * itself, `guest` the secret of a link.
 */
export interface Credential {
  readonly kind: (typeof KINDS)[number]
  readonly token: string
}

/** Of the header's value; API Gateway's own quota for all headers of an upgrade is not published. */
export const MAX_SUBPROTOCOLS_BYTES = 6 * 1024

/** The subprotocols to offer, as the WebSocket constructor takes them. */
export function subprotocolsFor({ kind, token }: Credential): string[] {
  return [SUBPROTOCOL, `${kind}.${token}`]
}

/** Reads the header's value (RFC 6455 section 11.3.4); null when it is not ours, or has what we do not know. */
export function readSubprotocols(header: string): Credential | null {
  if (header.length > MAX_SUBPROTOCOLS_BYTES) return null
  const [protocol, credential, ...rest] = header.split(',').map((entry) => entry.trim())
  if (protocol !== SUBPROTOCOL || credential === undefined || rest.length > 0) return null
  const [, kind, token] = /^(bearer|device|guest)\.([\w.-]+)$/.exec(credential) ?? []
  const known = KINDS.find((one) => one === kind)
  return known === undefined || token === undefined ? null : { kind: known, token }
}
