import { readFileSync } from 'node:fs'
import type { CertificateFiles } from './certificate-files.ts'
import { certificateProblem } from './certificate-problem.ts'

export interface GivenCertificate {
  readonly certFile: string
  readonly keyFile: string
}

/** A person can do something about it; the message says what. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
}

/** The owner's own; throws a CertificateError when a server cannot be `host` with it. */
export function readGivenCertificate(
  { certFile, keyFile }: GivenCertificate,
  host: string,
  now: number,
): CertificateFiles {
  const pair = { cert: readFile('--tls-cert', certFile), key: readFile('--tls-key', keyFile) }
  const problem = certificateProblem(pair, host, now)
  if (problem !== undefined) throw new CertificateError(`--tls-cert ${certFile}: ${problem}`)
  return { ...pair, certFile, own: false }
}

function readFile(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CertificateError(`${flag} ${path} cannot be read: ${reason}`, { cause })
  }
}
