import { isIP } from 'node:net'
import type { TlsKeyPair } from '../listener.ts'

const DAY_MS = 24 * 60 * 60_000

export interface CertificateOptions {
  readonly commonName: string
  /** Names and addresses that it is good for. */
  readonly hosts: readonly string[]
  readonly days: number
  /** Epoch ms. */
  readonly now: number
}

/** A P-256 certificate that nobody vouches for, and that vouches for nobody. */
export async function createCertificate(options: CertificateOptions): Promise<TlsKeyPair> {
  const { commonName, hosts, days, now } = options
  // Late: it takes longer to load than to use, and most starts need none.
  const { generate } = await import('selfsigned')
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // A clock that is a little behind finds it good as well.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + days * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  })
  return { key, cert }
}
