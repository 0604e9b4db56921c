import { createViewer } from '../local/simulated-camera/testing/uv4l-client.ts'
import type { Candidate } from '../protocol/ice.ts'
import { newId, type WireClient } from './wire-client.ts'

export interface HeadlessCall {
  readonly call: string
  /** The capture time of the next decoded frame. */
  nextCaptureTime(): Promise<number>
  hangUp(): void
}

/** One call at a time per client. Watches a camera without a browser, over a real WebRTC stack. Resolves with the call once it has answered. */
export async function watchHeadless(client: WireClient, camera: string): Promise<HeadlessCall> {
  const call = newId()
  const media = createViewer((candidate) =>
    client.say({ type: 'candidates', call, camera, candidates: [candidate as Candidate] }),
  )
  client.say({ type: 'call', call, camera })
  const offer = await client.next('offer')
  const { sdp } = await media.answer({ sdp: offer.sdp })
  client.say({ type: 'answer', call, camera, sdp, candidates: [] })
  const add = async (candidates: readonly Candidate[]): Promise<void> => {
    for (const { candidate, sdpMid, sdpMLineIndex } of candidates) {
      await media.connection.addIceCandidate({
        candidate,
        sdpMid: sdpMid ?? '',
        sdpMLineIndex: sdpMLineIndex ?? 0,
      })
    }
  }
  await add(offer.candidates)
  void client.next('candidates').then(({ candidates }) => add(candidates))
  return {
    call,
    nextCaptureTime: media.nextCaptureTime,
    hangUp() {
      client.say({ type: 'hangup', call, camera, reason: 'viewer-left' })
      media.close()
    },
  }
}
