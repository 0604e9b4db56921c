import { signal } from '@preact/signals'
import type { Candidate, IceServer } from '../../protocol/ice.ts'
import type { Peer } from '../viewer/call/call-session.ts'
import type { PeerEvent } from '../viewer/call/call-state.ts'

export interface Picture {
  readonly stream: MediaStream
  readonly hasSound: boolean
  /** Aborted just before its connection is closed: the last moment to see what it showed. */
  readonly over: AbortSignal
}

type Report = (event: PeerEvent) => void

/** The browser's connections; what they receive is in `pictures`, by call. */
export class PeerConnections {
  readonly pictures = signal<ReadonlyMap<string, Picture>>(new Map())

  open(call: string, iceServers: readonly IceServer[], report: Report): Peer {
    // Without a pool of candidates: with one, Chromium on a busy machine began late to look for its addresses in a page
    // that was just loaded, or never (12 of 500 had none after a second; without it none of 500, nor is it slower).
    const connection = new RTCPeerConnection({ iceServers: iceServers.map(asBrowser) })
    const stream = new MediaStream()
    const over = new AbortController()
    // A stream of our own: an old camera may name none, or one for each track.
    connection.addEventListener('track', ({ track }) => {
      stream.addTrack(track)
      this.#show(call, { stream, hasSound: stream.getAudioTracks().length > 0, over: over.signal })
    })
    connection.addEventListener('icecandidate', ({ candidate }) => {
      report(candidate === null ? { type: 'gathered' } : { type: 'candidate', candidate: plain(candidate) })
    })
    connection.addEventListener('connectionstatechange', () => {
      const type = CONNECTION_EVENTS[connection.connectionState]
      if (type !== null) report({ type })
    })
    return {
      applyOffer: (sdp) => void answerOffer(connection, sdp, report),
      addCandidates: (candidates) =>
        candidates.forEach((candidate) => void addCandidate(connection, candidate)),
      countFrames: (report) => void countFrames(connection, report),
      close: () => {
        over.abort()
        connection.close()
        this.#hide(call)
      },
    }
  }

  #show(call: string, picture: Picture): void {
    this.pictures.value = new Map(this.pictures.value).set(call, picture)
  }

  #hide(call: string): void {
    const others = [...this.pictures.value].filter(([other]) => other !== call)
    this.pictures.value = new Map(others)
  }
}

const CONNECTION_EVENTS = {
  new: null,
  connecting: null,
  connected: 'connected',
  disconnected: 'disconnected',
  failed: 'connection-failed',
  closed: null,
} as const satisfies Record<RTCPeerConnectionState, PeerEvent['type'] | null>

async function answerOffer(connection: RTCPeerConnection, sdp: string, report: Report): Promise<void> {
  try {
    await connection.setRemoteDescription({ type: 'offer', sdp })
    // Without an argument it makes the answer on the way (W3C WebRTC 4.4.1.5).
    await connection.setLocalDescription()
    await firstCandidates(connection)
    report({ type: 'answered', sdp: connection.localDescription?.sdp ?? '' })
  } catch (error) {
    // A connection that was closed meanwhile has nobody who listens.
    report({ type: 'peer-refused', detail: error instanceof Error ? error.message : String(error) })
  }
}

/** A browser's own addresses come within milliseconds of the local description, one after the other. */
const FIRST_CANDIDATE_MS = 12
const NEXT_CANDIDATE_MS = 4

/**
 * Those that are at hand go along with the answer: two billed messages less, and the camera can check them as soon as
 * it has the answer, instead of one batch later.
 */
function firstCandidates(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const timer = { current: setTimeout(resolve, FIRST_CANDIDATE_MS) }
    connection.addEventListener('icecandidate', ({ candidate }) => {
      clearTimeout(timer.current)
      if (candidate === null) resolve()
      else timer.current = setTimeout(resolve, NEXT_CANDIDATE_MS)
    })
  })
}

/**
 * By the decoder's own count, which goes on whether the video element plays, is blocked, or is in a page that nobody
 * sees; what the element presents does not.
 */
async function countFrames(
  connection: RTCPeerConnection,
  report: (frames: number | null) => void,
): Promise<void> {
  const receiver = connection.getReceivers().find(({ track }) => track.kind === 'video')
  const stats = await receiver?.getStats().catch(() => undefined)
  let frames: number | null = null
  stats?.forEach((entry: RTCInboundRtpStreamStats) => {
    if (entry.type === 'inbound-rtp' && entry.framesDecoded !== undefined) {
      frames = (frames ?? 0) + entry.framesDecoded
    }
  })
  report(frames)
}

/** Waits by itself for an offer that is being applied (W3C WebRTC 4.4.2, operations chain). */
async function addCandidate(connection: RTCPeerConnection, candidate: Candidate): Promise<void> {
  const { sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = candidate
  try {
    await connection.addIceCandidate({ ...candidate, sdpMid, sdpMLineIndex, usernameFragment })
  } catch {
    // One that this browser cannot use is one path less; the others may do.
  }
}

/** The fragment that names its answer stands in the answer itself. */
function plain({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate): Candidate {
  return { candidate, sdpMid, sdpMLineIndex }
}

function asBrowser({ urls, username, credential }: IceServer): RTCIceServer {
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }
}
