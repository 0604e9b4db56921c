import { X509Certificate } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, replaceFile } from '../kept-file.ts'
import type { TlsKeyPair } from '../listener.ts'
import type { CertificateFiles } from './certificate-files.ts'
import { certificateProblem } from './certificate-problem.ts'
import { createCertificate } from './create-certificate.ts'

/** iOS takes none that is good for longer than 825 days. */
const VALID_DAYS = 800
/** Only a start renews it, for the programs that trust it know it from then: it has to last for a long run. */
const RENEWAL_MS = 200 * 24 * 60 * 60_000

/** The certificate that this box has made for itself: the same at every start, until it ends or `host` is another. */
export async function ownCertificate(folder: string, host: string, now: number): Promise<CertificateFiles> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const certFile = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  const cert = readIfThere(certFile)
  const key = readIfThere(keyFile)
  if (cert !== undefined && key !== undefined && isGood({ key, cert }, host, now))
    return { key, cert, certFile, own: true }
  const made = await createCertificate({
    commonName: 'Mihari',
    hosts: [...new Set([host, 'localhost', '127.0.0.1'])],
    days: VALID_DAYS,
    now,
  })
  replaceFile(keyFile, made.key)
  replaceFile(certFile, made.cert)
  return { ...made, certFile, own: true }
}

function isGood(pair: TlsKeyPair, host: string, now: number): boolean {
  // A certificate that is still good then need not be renewed now.
  return certificateProblem(pair, host, now + RENEWAL_MS) === undefined
}

/** SHA-256, as browsers show it. */
export function certificateFingerprint(cert: string): string {
  return new X509Certificate(cert).fingerprint256
}
