import { type PeerConnection, wrtc } from '../../local/simulated-camera/wrtc.ts'
import type { Candidate } from '../../protocol/ice.ts'
import type { Peer } from '../../web/viewer/call/call-session.ts'
import type { PeerEvent } from '../../web/viewer/call/call-state.ts'
import type { Network } from './network.ts'

type Report = (event: PeerEvent) => void

const EVENTS: Readonly<Record<string, 'connected' | 'disconnected' | 'connection-failed'>> = {
  connected: 'connected',
  disconnected: 'disconnected',
  failed: 'connection-failed',
}

/** The connections of one viewer over a real WebRTC stack, with a count of what they decode. */
export class NodePeers {
  readonly #network: Network
  readonly #firstFrame: (call: string) => void
  readonly #frames = new Map<string, number>()
  readonly #ends = new Set<() => void>()

  constructor(network: Network, firstFrame: (call: string) => void) {
    this.#network = network
    this.#firstFrame = firstFrame
  }

  /** Decoded in this call; 0 when it has no connection any more. */
  frames(call: string): number {
    return this.#frames.get(call) ?? 0
  }

  /** Their page is gone. */
  endAll(): void {
    for (const end of [...this.#ends]) end()
  }

  open(call: string, report: Report): Peer {
    const connection = new wrtc.RTCPeerConnection()
    let stopSink = () => {}
    let isClosed = false
    this.#frames.set(call, 0)
    connection.ontrack = ({ track }) => {
      const sink = new wrtc.nonstandard.RTCVideoSink(track)
      stopSink = () => sink.stop()
      sink.onframe = () => {
        if (isClosed) return
        const frames = this.frames(call) + 1
        this.#frames.set(call, frames)
        if (frames === 1) this.#firstFrame(call)
      }
    }
    connection.onicecandidate = ({ candidate }) => {
      if (isClosed) return
      if (candidate === null) return report({ type: 'gathered' })
      const { candidate: text, sdpMid, sdpMLineIndex } = candidate
      report({ type: 'candidate', candidate: { candidate: text, sdpMid, sdpMLineIndex } })
    }
    connection.onconnectionstatechange = () => {
      const type = EVENTS[connection.connectionState]
      if (type !== undefined && !isClosed) report({ type })
    }
    const end = () => {
      if (isClosed) return
      isClosed = true
      this.#ends.delete(end)
      forget()
      stopSink()
      connection.close()
    }
    this.#ends.add(end)
    let forget = () => {}
    const offered = Promise.withResolvers<void>()
    return {
      applyOffer: (sdp) => {
        // From now on it has packets, which the network takes away without telling anybody.
        forget = this.#network.carry(end)
        answerOffer(connection, sdp).then(
          (answer) => {
            offered.resolve()
            if (!isClosed) report({ type: 'answered', sdp: answer })
          },
          (error: unknown) => {
            if (!isClosed) report({ type: 'peer-refused', detail: String(error) })
          },
        )
      },
      addCandidates: (candidates) => {
        // wrtc does not let them wait for the offer by itself.
        void offered.promise.then(() => addAll(connection, candidates, () => isClosed))
      },
      countFrames: (count) => count(this.frames(call)),
      close: () => {
        end()
        this.#frames.delete(call)
      },
    }
  }
}

async function answerOffer(connection: PeerConnection, sdp: string): Promise<string> {
  await connection.setRemoteDescription({ type: 'offer', sdp })
  const answer = await connection.createAnswer()
  await connection.setLocalDescription(answer)
  return answer.sdp
}

async function addAll(
  connection: PeerConnection,
  candidates: readonly Candidate[],
  isClosed: () => boolean,
): Promise<void> {
  for (const { candidate, sdpMid, sdpMLineIndex } of candidates) {
    if (isClosed()) return
    try {
      await connection.addIceCandidate({
        candidate,
        sdpMid: sdpMid ?? '',
        sdpMLineIndex: sdpMLineIndex ?? 0,
      })
    } catch {
      // One that cannot be used is one path less; the others may do.
    }
  }
}
