import type { IceServer } from '../../protocol/ice.ts'
import type { Peer } from './call/call-session.ts'
import type { PeerEvent } from './call/call-state.ts'
import type { VerifyOffer } from './call/verify-offer.ts'
import type { KeptCalls } from './kept-calls.ts'
import type { KnownDevices } from './known-devices.ts'
import type { CredentialSource } from './link/credential.ts'
import type { OpenSocket } from './link/link-session.ts'
import type { Clock } from './timers.ts'

export interface ViewerPorts {
  readonly openSocket: OpenSocket
  readonly credentials: CredentialSource
  readonly openPeer: (call: string, iceServers: readonly IceServer[], on: (event: PeerEvent) => void) => Peer
  readonly verifyOffer: VerifyOffer
  readonly devices: KnownDevices
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** From a cryptographic source. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly software: { readonly name: string; readonly version: string }
  /** For a later page of this tab. */
  readonly keepCalls: (calls: KeptCalls) => void
}
