import type { WebSocket } from 'ws'
import type { Clock } from './clock.ts'
import { parseRequest } from './dialect.ts'
import type { FrameSource } from './frame-source.ts'
import { openPeer, type Peer } from './peer.ts'
import type { Quirks } from './quirks.ts'
import { type Effect, NEW_SESSION, type Session, type SessionEvent, step } from './session.ts'
import type { Slots } from './slots.ts'

interface Surroundings {
  readonly socket: WebSocket
  readonly slots: Slots
  readonly frames: FrameSource
  readonly quirks: Quirks
  readonly clock: Clock
}

/** Performs what the session decides, until its socket is closed. */
export function runSession({ socket, slots, frames, quirks, clock }: Surroundings): void {
  let session: Session = NEW_SESSION
  let peer: Peer | undefined
  let cancelWait = () => {}

  const emit = (event: SessionEvent) => {
    const next = step(session, event, quirks)
    session = next.session
    for (const effect of next.effects) perform(effect)
  }

  const perform = (effect: Effect) => {
    switch (effect.type) {
      case 'send':
        return socket.send(effect.frame)
      case 'claim-slot':
        return emit({ type: 'slot', granted: slots.claim() })
      case 'release-slot':
        return slots.release(effect.how)
      case 'wait':
        cancelWait = clock.after(effect.ms, () => emit(effect.next))
        return
      case 'open-peer':
        peer = openPeer(frames, emit)
        return
      case 'apply-answer':
        return peer?.applyAnswer(effect.sdp)
      case 'add-candidate':
        return peer?.addCandidate(effect.candidate)
      case 'close-peer':
        cancelWait()
        return peer?.close()
      case 'close-socket':
        return effect.how === 'clean' ? socket.close(1000) : socket.terminate()
      default:
        return effect satisfies never
    }
  }

  socket.on('message', (data, isBinary) => {
    if (!isBinary) emit({ type: 'request', request: parseRequest(data.toString()) })
  })
  socket.on('close', () => emit({ type: 'socket-closed' }))
  // A broken socket also emits `close`, which ends the session.
  socket.on('error', () => {})
}
