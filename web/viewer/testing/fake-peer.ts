import type { IceServer } from '../../../protocol/ice.ts'
import type { Peer } from '../call-session.ts'
import type { PeerEvent } from '../call-state.ts'

export interface FakePeer {
  readonly call: string
  readonly iceServers: readonly IceServer[]
  /** What the browser would have been told, in order. */
  readonly told: readonly string[]
  emit(event: PeerEvent): void
}

/** Peers that report only what a test lets them. */
export function fakePeers() {
  const peers: FakePeer[] = []
  let broken: string | null = null
  return {
    peers,
    openPeer(call: string, iceServers: readonly IceServer[], on: (event: PeerEvent) => void): Peer {
      if (broken !== null) throw new Error(broken)
      const told: string[] = []
      peers.push({ call, iceServers, told, emit: on })
      return {
        applyOffer: (sdp) => told.push(`offer ${sdp}`),
        addCandidates: (candidates) => told.push(...candidates.map(({ candidate }) => candidate)),
        close: () => told.push('close'),
      }
    },
    /** From now on none can be opened. */
    breakDown(reason: string) {
      broken = reason
    },
    /** The newest. */
    get last(): FakePeer {
      const peer = peers.at(-1)
      if (peer === undefined) throw new Error('no peer was opened')
      return peer
    },
  }
}
