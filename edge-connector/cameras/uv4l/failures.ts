import type { CameraEvent, CameraFailure } from '../camera-port.ts'

type Failure = Extract<CameraEvent, { type: 'failed' }>

/** What the codes of Node's sockets mean to a person. No detail names an address: guests read it too. */
const SOCKET_FAILURES: ReadonlyMap<string, readonly [CameraFailure, string]> = new Map([
  ['ECONNREFUSED', ['camera-unreachable', 'nothing listens at the camera’s address and port']],
  ['ENOTFOUND', ['camera-unreachable', 'the camera’s host name is not known']],
  ['EAI_AGAIN', ['camera-unreachable', 'the camera’s host name cannot be looked up']],
  ['EHOSTUNREACH', ['camera-unreachable', 'the camera is not on the network']],
  ['EHOSTDOWN', ['camera-unreachable', 'the camera is not on the network']],
  ['ENETUNREACH', ['camera-unreachable', 'there is no network to the camera']],
  ['ETIMEDOUT', ['camera-unreachable', 'the camera does not answer']],
  ['ECONNRESET', ['camera-closed', 'the camera closed the connection at once']],
  ['EPIPE', ['camera-closed', 'the camera closed the connection at once']],
  ['EPROTO', ['camera-garbled', 'the camera does not speak TLS; is its address ws:// instead of wss://?']],
])

export function socketFailure(error: { readonly code?: string | undefined }): Failure {
  const code = error.code ?? ''
  const known = SOCKET_FAILURES.get(code.startsWith('ERR_SSL_') ? 'EPROTO' : code)
  if (known !== undefined) return failed(...known)
  // HPE_*: what answers is not HTTP. No code: `ws` itself found the handshake wrong.
  if (code === '' || code.startsWith('HPE_') || code.startsWith('WS_ERR_')) {
    return failed('camera-garbled', 'what answers at the camera’s address is not a WebSocket')
  }
  return failed('camera-unreachable', `the connection to the camera failed (${code})`)
}

/** The camera answered the upgrade with a plain HTTP status. */
export function httpFailure(status: number): Failure {
  if (status === 401 || status === 403) {
    return failed('camera-password', `the camera answered HTTP ${status}`)
  }
  if (status === 429 || status >= 500) return failed('camera-refused', `the camera answered HTTP ${status}`)
  return failed('camera-garbled', `the camera answered HTTP ${status}; is the path of its address right?`)
}

export function certificateFailure(reason: string): Failure {
  return failed('camera-certificate', reason)
}

function failed(code: CameraFailure, detail: string): Failure {
  return { type: 'failed', code, detail }
}
