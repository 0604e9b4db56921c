import type { Alive } from '../../protocol/alive.ts'
import type { HostCandidates } from '../../protocol/candidates.ts'
import type { Offer } from '../../protocol/description.ts'
import type { HostError } from '../../protocol/error.ts'
import type { Hangup } from '../../protocol/hangup.ts'

/** What a host says in a call. */
export type CallMessage = Offer | HostCandidates | Alive | Hangup | HostError
