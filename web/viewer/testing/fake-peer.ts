import type { IceServer } from '../../../protocol/ice.ts'
import type { Peer } from '../call/call-session.ts'
import type { PeerEvent } from '../call/call-state.ts'

export interface FakePeer {
  readonly call: string
  readonly iceServers: readonly IceServer[]
  /** What the browser would have been told, in order. */
  readonly told: readonly string[]
  emit(event: PeerEvent): void
  /** From now on its picture stands still, or goes on. */
  freeze(frozen: boolean): void
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
      let frames = 0
      let frozen = false
      const freeze = (now: boolean) => {
        frozen = now
      }
      peers.push({ call, iceServers, told, emit: on, freeze })
      return {
        applyOffer: (sdp) => told.push(`offer ${sdp}`),
        addCandidates: (candidates) => told.push(...candidates.map(({ candidate }) => candidate)),
        countFrames(report) {
          if (!frozen) frames += 1
          report(frames)
        },
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
