import { createPrivateKey, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { TlsKeyPair } from '../listener.ts'

/** Why a server cannot be `host` with these, as the end of a sentence; undefined when it can. */
export function certificateProblem({ key, cert }: TlsKeyPair, host: string, now: number): string | undefined {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(cert)
  } catch {
    return 'the certificate is no certificate in PEM form'
  }
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'the key is not that of the certificate'
  } catch {
    return 'the key is no private key in PEM form, or is locked by a passphrase'
  }
  const names = isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)
  if (names === undefined) {
    return `the certificate is for ${certificate.subjectAltName ?? 'no name'} and not for ${host}: name what it is for by --host`
  }
  if (now >= certificate.validToDate.getTime()) return `the certificate ended on ${certificate.validTo}`
  if (now < certificate.validFromDate.getTime())
    return `the certificate only begins on ${certificate.validFrom}`
  return undefined
}
