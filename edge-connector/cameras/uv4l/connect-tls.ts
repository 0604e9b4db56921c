import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { objectionTo, type TlsTrust } from './trust.ts'

export type TlsOutcome =
  | { readonly ok: true; readonly socket: TLSSocket }
  | { readonly ok: false; readonly objection: string; readonly fingerprint256: string }
  | { readonly ok: false; readonly error: NodeJS.ErrnoException }

/**
 * Connects and judges the certificate before a byte of HTTP is sent, the password among them: a socket that
 * checks a fingerprint only afterwards has already told it to whoever answered.
 */
export function connectTls(url: URL, trust: TlsTrust, done: (outcome: TlsOutcome) => void): () => void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const socket = connect({
    host,
    port: Number(url.port || 443),
    rejectUnauthorized: false,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  })
  const onError = (error: NodeJS.ErrnoException) => done({ ok: false, error })
  const onEarlyEnd = () => onError(Object.assign(new Error('closed during TLS'), { code: 'ECONNRESET' }))
  socket.once('error', onError)
  socket.once('end', onEarlyEnd)
  socket.once('secureConnect', () => {
    socket.off('error', onError)
    socket.off('end', onEarlyEnd)
    const { fingerprint256 } = socket.getPeerCertificate()
    // At run time this is the code of the reason, whatever the declared type says.
    const objection = socket.authorized ? null : String(socket.authorizationError)
    const refused = objectionTo(trust, { objection, fingerprint256 })
    if (refused === null) return done({ ok: true, socket })
    socket.destroy()
    done({ ok: false, objection: refused, fingerprint256 })
  })
  return () => {
    socket.off('error', onError)
    socket.off('end', onEarlyEnd)
    socket.on('error', ignore)
    socket.destroy()
  }
}

/** A socket that was given up may still fail; nobody is left to hear of it. */
function ignore(): void {}
