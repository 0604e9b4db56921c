import type { Clock } from '../clock.ts'
import type { TlsKeyPair } from '../listener.ts'
import { type GivenCertificate, readGivenCertificate } from './given-certificate.ts'

const INTERVAL_MS = 60 * 60_000

export interface ReloadOptions {
  readonly given: GivenCertificate
  /** PEM of the one that is shown now. */
  readonly shown: string
  readonly host: string
  readonly clock: Clock
  readonly onRenewed: (pair: TlsKeyPair) => void
  readonly report: (line: string) => void
}

/** Whoever renews the owner's certificate leaves it in the same files. Returns what ends the watching. */
export function reloadCertificate(options: ReloadOptions): () => void {
  const { given, host, clock, onRenewed, report } = options
  let { shown } = options
  let timer = clock.setTimeout(look, INTERVAL_MS)

  function look() {
    timer = clock.setTimeout(look, INTERVAL_MS)
    try {
      const pair = readGivenCertificate(given, host, clock.now())
      if (pair.cert !== shown) onRenewed(pair)
      shown = pair.cert
    } catch (error) {
      report(error instanceof Error ? error.message : String(error))
    }
  }

  return () => clock.clearTimeout(timer)
}
