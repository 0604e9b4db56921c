import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts'

/** RFC 6749 section 4.1.2.1: what the issuer may answer otherwise in a moment. */
const PASSING = new Set(['server_error', 'temporarily_unavailable', 'slow_down'])

/**
 * Whether the issuer may do it another time: it was not reached, failed, or something else answered in its place. The
 * library has classes for two of these cases and tells the others by their message alone.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof ErrorResponse) return PASSING.has(error.error ?? '')
  if (error instanceof ErrorTimeout || error instanceof TypeError || error instanceof SyntaxError) return true
  return error instanceof Error && /^Invalid response Content-Type|\(\d{3}\)/.test(error.message)
}
