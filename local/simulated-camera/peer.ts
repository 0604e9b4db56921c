import type { Candidate } from './dialect.ts'
import type { FrameSource } from './frame-source.ts'
import { oldStyleOffer } from './old-style-offer.ts'
import type { SessionEvent } from './session.ts'
import { wrtc } from './wrtc.ts'

/** The media of one session. */
export interface Peer {
  applyAnswer(sdp: string): void
  addCandidate(candidate: Candidate): void
  close(): void
}

/** Begins at once: the offer, the candidates and what comes of the answer arrive as events. */
export function openPeer(frames: FrameSource, emit: (event: SessionEvent) => void): Peer {
  const connection = new wrtc.RTCPeerConnection()
  const track = frames.open()
  const streams = [new wrtc.MediaStream({ id: 'uv4l' })]
  connection.addTransceiver(track, { direction: 'sendonly', streams })
  connection.onicecandidate = ({ candidate }) => {
    if (!candidate) return emit({ type: 'gathered' })
    const { candidate: text, sdpMid, sdpMLineIndex } = candidate
    emit({ type: 'candidate', candidate: { candidate: text, sdpMid: sdpMid ?? 'video', sdpMLineIndex } })
  }
  connection.onconnectionstatechange = () => {
    if (connection.connectionState !== 'connected') return
    // Said once: it is told again for every change behind it, and after an interruption.
    connection.onconnectionstatechange = null
    frames.drawNow()
    emit({ type: 'connected' })
  }

  const offer = async () => {
    const sdp = oldStyleOffer((await connection.createOffer()).sdp)
    emit({ type: 'offer', sdp })
    await connection.setLocalDescription({ type: 'offer', sdp })
  }
  const offered = offer().catch((error: unknown) => {
    // A session that ended while its offer was made has no use for it.
    if (connection.connectionState !== 'closed') throw error
  })

  return {
    async applyAnswer(sdp) {
      try {
        await offered
        await connection.setRemoteDescription({ type: 'answer', sdp })
        emit({ type: 'answered' })
      } catch (error) {
        emit({ type: 'answer-refused', text: `Failed to set remote answer sdp: ${messageOf(error)}` })
      }
    },
    addCandidate(candidate) {
      // One candidate that libwebrtc cannot use does not end a session: others may work.
      connection.addIceCandidate(candidate).catch(() => {})
    },
    close() {
      connection.onicecandidate = null
      connection.onconnectionstatechange = null
      connection.close()
      frames.close(track)
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
