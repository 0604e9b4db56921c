import * as v from 'valibot'
import { readSubprotocols } from '../../protocol/credentials.ts'
import { DeviceId } from '../../protocol/identifiers.ts'
import { LOCAL_VIEWER, type Principal } from '../core/principal.ts'

/** Who a handshake is from, by its headers; null when it is to be refused. */
export function admit(
  headers: { readonly subprotocols: string | undefined; readonly origin: string | undefined },
  webOrigin: string,
): Principal | null {
  // A browser always says where its page is from, and no page can lie about it (RFC 6454 section 7).
  if (headers.origin !== undefined && headers.origin !== webOrigin) return null
  const credential = headers.subprotocols === undefined ? null : readSubprotocols(headers.subprotocols)
  if (credential === null) return null
  if (credential.kind === 'none') return { kind: 'viewer', id: LOCAL_VIEWER }
  return v.is(DeviceId, credential.token) ? { kind: 'device', id: credential.token } : null
}
