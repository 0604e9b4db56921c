import { type ErrorMessage, errorMessage } from '../../protocol/error.ts'
import { ACCEPTED_VERSIONS } from '../../protocol/version.ts'

/** Null when the cloud speaks what the client speaks [R6]. */
export function versionRefusal(spoken: number): ErrorMessage | null {
  if (ACCEPTED_VERSIONS.includes(spoken)) return null
  return errorMessage('unsupported-version', {
    detail: `this cloud speaks ${ACCEPTED_VERSIONS.join(' and ')}, not ${spoken}`,
  })
}
