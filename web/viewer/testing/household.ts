import type { ToViewer } from '../../../protocol/directions.ts'
import type { IceServer } from '../../../protocol/ice.ts'
import type { CallState } from '../call-state.ts'
import { EMPTY_SNAPSHOT, Viewer, type ViewerSnapshot } from '../viewer.ts'
import { fakePeers } from './fake-peer.ts'
import { manualClock } from './manual-clock.ts'
import { candidate, GARDEN, PORCH, SDP, visibleCamera } from './samples.ts'
import { scriptedCloud } from './scripted-cloud.ts'

export const ICE_SERVERS: IceServer[] = [{ urls: 'stun:stun.example.org' }]

export function welcome(): ToViewer {
  const cameras = [visibleCamera(), visibleCamera({ camera: GARDEN, label: 'Garden' })]
  return { type: 'welcome', protocol: 1, cameras, iceServers: ICE_SERVERS }
}

export const ANSWER = 'v=0 answer'

/** A viewer joined to a scripted cloud, on a clock that stands still; nothing is connected yet. */
export function household() {
  const clock = manualClock()
  const cloud = scriptedCloud()
  const peers = fakePeers()
  let bytes = 0
  let random = 0
  let snapshot: ViewerSnapshot = EMPTY_SNAPSHOT
  const viewer = new Viewer(
    {
      openSocket: cloud.openSocket,
      openPeer: peers.openPeer,
      clock,
      random: () => random,
      randomBytes: (count) => new Uint8Array(count).fill(bytes++),
      software: { name: 'test', version: '1' },
    },
    (next) => {
      snapshot = next
    },
  )
  cloud.script((message) => (message.type === 'hello' ? [welcome()] : []))
  return {
    clock,
    cloud,
    peers,
    viewer,
    get snapshot() {
      return snapshot
    },
    state: (camera = PORCH): CallState => snapshot.calls.get(camera) ?? { phase: 'idle' },
    setRandom(next: number) {
      random = next
    },
    start() {
      viewer.start()
      cloud.accept()
    },
    /** The id of the newest call. */
    get call(): string {
      return cloud.of('call').at(-1)?.call ?? ''
    },
    /** The host's offer to the newest call, or another. */
    offer: (over: { call?: string; n?: number } = {}) => ({
      type: 'offer' as const,
      call: over.call ?? cloud.of('call').at(-1)?.call ?? '',
      sdp: SDP,
      candidates: [candidate(over.n ?? 1)],
    }),
    ring() {
      this.start()
      viewer.call(PORCH)
    },
    /** Until the answer is out. */
    connect() {
      this.ring()
      cloud.say(this.offer())
      peers.last.emit({ type: 'answered', sdp: ANSWER })
    },
    play() {
      this.connect()
      peers.last.emit({ type: 'connected' })
      viewer.firstFrame(this.call)
    },
  }
}

export type Household = ReturnType<typeof household>
