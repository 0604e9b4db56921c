import type { TlsKeyPair } from '../listener.ts'

/** What a server shows, and where programs that are to trust it find the certificate. */
export interface CertificateFiles extends TlsKeyPair {
  readonly certFile: string
  /** Made by this box: nobody vouches for it. */
  readonly own: boolean
}
