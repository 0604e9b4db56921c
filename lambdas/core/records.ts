import type { CameraCondition } from '../../protocol/hello.ts'

/** A device and its cameras: one item, so that a `hello`, a `status` and a `$disconnect` are one write each. */
export interface DeviceRecord {
  readonly id: string
  /** Raised by every write; a write names the one that it read. */
  readonly revision: number
  /** Address of the device; null when it is known to be gone. */
  readonly connection: string | null
  /** Epoch ms: when that connection was made, to tell an older connection's late `hello`. */
  readonly connectedAt: number
  readonly instance: string
  /** Epoch ms: when the device came or went. */
  readonly since: number
  /** Epoch ms: without a word from the device until then it is offline. */
  readonly leaseUntil: number
  readonly cameras: readonly CameraRecord[]
}

export interface CameraRecord {
  readonly name: string
  readonly label: string
  readonly state: CameraCondition
  /** Epoch ms: when it came into that state. */
  readonly since: number
}

/** The ends of a call are identities; `viewerConnection` is only where the viewer was last. */
export interface CallRecord {
  readonly call: string
  readonly camera: string
  readonly viewer: string
  readonly viewerConnection: string
  readonly state: 'live' | 'ended'
  /** Epoch ms. */
  readonly startedAt: number
}
