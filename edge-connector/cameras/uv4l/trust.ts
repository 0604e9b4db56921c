/** Which certificate a camera may show. UV4L's are commonly made by itself, so no authority knows them. */
export type TlsTrust =
  | { readonly kind: 'authorities' }
  | { readonly kind: 'fingerprint'; readonly sha256: string }
  | { readonly kind: 'any' }

export interface ShownCertificate {
  /** What Node found against it, when it asked the authorities; null when nothing. */
  readonly objection: string | null
  /** `AB:CD:…`, as Node and openssl print it. */
  readonly fingerprint256: string
}

/** Why the certificate is refused; null when it is trusted. */
export function objectionTo(trust: TlsTrust, shown: ShownCertificate): string | null {
  switch (trust.kind) {
    case 'any':
      return null
    case 'fingerprint':
      return normalFingerprint(shown.fingerprint256) === normalFingerprint(trust.sha256)
        ? null
        : 'the certificate is not the one whose fingerprint is configured'
    case 'authorities':
      return shown.objection === null ? null : `the certificate is not trusted (${shown.objection})`
  }
}

function normalFingerprint(text: string): string {
  return text.replaceAll(':', '').toLowerCase()
}
