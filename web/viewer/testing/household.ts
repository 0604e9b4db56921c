import type { ToViewer } from '../../../protocol/directions.ts'
import type { IceServer } from '../../../protocol/ice.ts'
import type { Self } from '../../../protocol/welcome.ts'
import type { CallState } from '../call/call-state.ts'
import { NO_KEPT_CALLS } from '../kept-calls.ts'
import type { DeviceStanding } from '../known-devices.ts'
import { Viewer } from '../viewer.ts'
import { EMPTY_SNAPSHOT, type ViewerSnapshot } from '../viewer-snapshot.ts'
import { fakePeers } from './fake-peer.ts'
import { manualClock } from './manual-clock.ts'
import { candidate, DEVICE, GARDEN, PORCH, SDP, visibleCamera } from './samples.ts'
import { scriptedCloud } from './scripted-cloud.ts'
import { scriptedCredentials } from './scripted-credentials.ts'
import { scriptedVerdicts } from './scripted-verdicts.ts'

export const ICE_SERVERS: IceServer[] = [{ urls: 'stun:stun.example.org' }]

export const VIEWER: Self = { kind: 'person', name: 'ann@example.org', owner: false }
export const OWNER: Self = { ...VIEWER, owner: true }

export function welcome(self = VIEWER, rollOverMs?: number): ToViewer {
  const cameras = [visibleCamera(), visibleCamera({ camera: GARDEN, label: 'Garden' })]
  const rollOver = rollOverMs === undefined ? {} : { rollOverMs }
  return { type: 'welcome', protocol: 1, self, cameras, iceServers: ICE_SERVERS, ...rollOver }
}

export const ANSWER = 'v=0 answer'

/** A viewer joined to a scripted cloud, on a clock that stands still; nothing is connected yet. */
export function household() {
  const clock = manualClock()
  const cloud = scriptedCloud()
  const peers = fakePeers()
  const credentials = scriptedCredentials()
  const verdicts = scriptedVerdicts()
  const known = new Set([DEVICE])
  let elsewhere: DeviceStanding = 'new'
  let bytes = 0
  let random = 0
  let kept = NO_KEPT_CALLS
  let snapshot: ViewerSnapshot = EMPTY_SNAPSHOT
  const shown: ViewerSnapshot[] = []
  const viewer = new Viewer(
    {
      openSocket: cloud.openSocket,
      credentials,
      openPeer: peers.openPeer,
      verifyOffer: verdicts.verifyOffer,
      devices: {
        standing: (device) => (known.has(device) ? 'known' : elsewhere),
        learn: (device) => known.add(device),
      },
      clock,
      random: () => random,
      randomBytes: (count) => countedBytes(count, bytes++),
      software: { name: 'test', version: '1' },
      keepCalls: (calls) => {
        kept = calls
      },
    },
    (next) => {
      snapshot = next
      shown.push(next)
    },
  )
  cloud.script((message) => (message.type === 'hello' ? [welcome()] : []))
  return {
    clock,
    cloud,
    peers,
    credentials,
    verdicts,
    known,
    viewer,
    /** All that the page has been shown, in order. */
    shown,
    get snapshot() {
      return snapshot
    },
    state: (camera = PORCH): CallState => snapshot.calls.get(camera) ?? { phase: 'idle' },
    /** What a later page of the tab would find. */
    get kept() {
      return kept
    },
    /** Of every device that is not known. */
    setStanding(standing: DeviceStanding) {
      elsewhere = standing
    },
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
      signature: 'by the device',
    }),
    ring() {
      this.start()
      viewer.call(PORCH)
    },
    /** The browser's, which has looked for addresses of its own and found none. */
    answer() {
      peers.last.emit({ type: 'answered', sdp: ANSWER })
      peers.last.emit({ type: 'gathered' })
    },
    /** Until the answer is out. */
    connect() {
      this.ring()
      cloud.say(this.offer())
      this.answer()
    },
    play() {
      this.connect()
      peers.last.emit({ type: 'connected' })
      viewer.firstFrame(this.call)
    },
  }
}

function countedBytes(count: number, n: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count)
  new DataView(bytes.buffer).setUint32(0, n)
  return bytes
}

export type Household = ReturnType<typeof household>
