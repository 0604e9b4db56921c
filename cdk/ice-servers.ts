/** As `new RTCPeerConnection({ iceServers })` takes it. */
export interface IceServer {
  readonly urls: string | readonly string[]
  readonly username?: string
  readonly credential?: string
}

/** STUN only tells a peer its own public address: no video passes through it. */
export const PUBLIC_STUN: readonly IceServer[] = [{ urls: 'stun:stun.l.google.com:19302' }]

export class IceServersError extends Error {
  override readonly name = 'IceServersError'
}

/**
 * Reads the context value `iceServers`: JSON text when it comes from `-c iceServers=…`, a list when it stands in
 * cdk.json. Throws IceServersError: a wrong list would otherwise only show as calls that never connect.
 */
export function parseIceServers(context: unknown): readonly IceServer[] {
  if (context === undefined) return PUBLIC_STUN
  const list = typeof context === 'string' ? parseJson(context) : context
  if (!Array.isArray(list)) throw new IceServersError('iceServers must be a list of { "urls": … }')
  return list.map(parseServer)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new IceServersError(`iceServers is no JSON: ${text}`, { cause })
  }
}

const ADDRESS = /^(stuns?|turns?):[^\s]+$/

function parseServer(server: unknown): IceServer {
  const { urls, username, credential } = Object(server) as Record<string, unknown>
  const addresses = Array.isArray(urls) ? urls : [urls]
  if (addresses.length === 0 || !addresses.every((url) => typeof url === 'string' && ADDRESS.test(url))) {
    throw new IceServersError(`not a STUN or TURN address in iceServers: ${JSON.stringify(server)}`)
  }
  for (const text of [username, credential]) {
    if (text !== undefined && typeof text !== 'string') {
      throw new IceServersError(
        `username and credential in iceServers must be text: ${JSON.stringify(server)}`,
      )
    }
  }
  return {
    urls: urls as string | readonly string[],
    ...(typeof username === 'string' && { username }),
    ...(typeof credential === 'string' && { credential }),
  }
}
