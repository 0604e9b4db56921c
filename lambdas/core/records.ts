import type { CameraCondition } from '../../protocol/hello.ts'
import type { Role } from '../../protocol/welcome.ts'

/**
 * A device, its cameras, and who may see them: one item, so that a `hello`, a grant, its revocation and a claim are
 * one conditional write each, and a `call` reads the right and the address at once.
 */
export interface DeviceRecord {
  readonly id: string
  /** Raised by every write, also by unpairing; a write names the one that it read. */
  readonly revision: number
  /** Null until an owner has claimed it. */
  readonly paired: Pairing | null
  /** What the terminal at home shows the secret of, while it waits to be claimed. */
  readonly code: PairingCode | null
  readonly grants: readonly GrantRecord[]
  /** Address of the device; null when it is known to be gone. */
  readonly connection: string | null
  /** Epoch ms: when that connection was made, to tell an older connection's late `hello`. */
  readonly connectedAt: number
  readonly instance: string
  /** That of its latest word on its cameras, by this instance [R50]; null while it has not counted any. */
  readonly sequence: number | null
  /** The instance is another than before, and the calls that were lost with that one are not all ended yet [R51]. */
  readonly restarted: boolean
  /** Epoch ms: when the device came or went. */
  readonly since: number
  /** Epoch ms: without a word from the device until then it is offline. */
  readonly leaseUntil: number
  readonly cameras: readonly CameraRecord[]
  /** Epoch ms: when an unpaired device's item may go; null once it is paired. */
  readonly expiresAt: number | null
}

interface Pairing {
  /** The name that the owner gave. */
  readonly label: string
  /** Epoch ms. */
  readonly at: number
}

interface PairingCode {
  readonly hash: string
  /** Epoch ms. */
  readonly until: number
}

export interface CameraRecord {
  readonly name: string
  /** As the device calls it. */
  readonly label: string
  /** As an owner has called it since; it wins. */
  readonly renamed: string | null
  readonly state: CameraCondition
  /** Epoch ms: when it came into that state. */
  readonly since: number
}

/** The right to see one camera of the device. */
export type GrantRecord = PersonGrant | LinkGrant

interface GrantCommon {
  readonly grant: string
  /** The camera's name. */
  readonly camera: string
  /** Epoch ms. */
  readonly createdAt: number
}

/** `person` is null until somebody signs in with this verified address; from then on the address says nothing. */
export interface PersonGrant extends GrantCommon {
  readonly kind: 'person'
  readonly email: string
  readonly person: string | null
}

export interface LinkGrant extends GrantCommon {
  readonly kind: 'link'
  readonly label: string
  /** Epoch ms. */
  readonly until: number
  /** How many may watch at once. */
  readonly max: number
}

/** Finds the grant of a guest's secret. Outlives it, to tell an expired or revoked link from one that never was. */
export interface LinkRecord {
  readonly hash: string
  readonly device: string
  readonly grant: string
  /** Epoch ms. */
  readonly until: number
}

export interface PersonRecord {
  readonly person: string
  readonly revision: number
  readonly name: string
  /** In lower case; null when the issuer vouches for none. */
  readonly email: string | null
  /** Epoch ms: when that address was first proven; absent where it was so from the first sign-in on. */
  readonly emailSince?: number
  readonly owner: boolean
  /** Whether the deployment's own word has made this person an owner: it does so once, other owners may undo it. */
  readonly founder?: boolean
  /** Epoch ms: who proved their identity at or before this has to do it again; 0 when never. */
  readonly signedOutAt: number
  /** Epoch ms: first sign-in. */
  readonly since: number
}

/** A viewer's open connection. */
export interface ConnectionRecord {
  readonly connection: string
  /** Id of the principal. */
  readonly viewer: string
  readonly owner: boolean
  /** Epoch ms. */
  readonly connectedAt: number
}

/** The ends of a call are identities; `viewerConnection` is only where the viewer was last. */
export interface CallRecord {
  readonly call: string
  readonly camera: string
  /** Id of the principal. */
  readonly viewer: string
  readonly viewerConnection: string
  /** Epoch ms: when that connection was made, to tell what an older one says late. */
  readonly viewerConnectedAt: number
  readonly role: Role
  /** The viewer's name at that time, for the owner's history. */
  readonly name: string
  /** Epoch ms: when the right to it ends; null when it does not. */
  readonly until: number | null
  readonly state: 'live' | 'ended'
  /** Epoch ms. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly endReason: string | null
}
