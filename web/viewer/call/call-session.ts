import type { FromViewer } from '../../../protocol/directions.ts'
import type { Candidate } from '../../../protocol/ice.ts'
import { assertNever } from '../assert-never.ts'
import { Lifecycle } from '../lifecycle.ts'
import { type Clock, Timers } from '../timers.ts'
import { isWatching } from './call-effects.ts'
import type { CallEffect, CallEvent, CallState, CallTimer, PeerEvent } from './call-state.ts'
import { FrameWatch } from './frame-watch.ts'
import { stepCall } from './step-call.ts'
import type { VerifyOffer } from './verify-offer.ts'

/** The browser's end of one call's connection. What becomes of what it is told comes back as events. */
export interface Peer {
  /** Answers it as soon as it can. */
  applyOffer(sdp: string): void
  /** May come while the offer is being applied. */
  addCandidates(candidates: readonly Candidate[]): void
  /** How many frames of the picture were decoded so far; null where the browser does not say. */
  countFrames(report: (frames: number | null) => void): void
  close(): void
}

/** Reports later, never before it returns. May throw: then the browser cannot make connections. */
type OpenPeer = (call: string, on: (event: PeerEvent) => void) => Peer

export interface CallSessionPorts {
  readonly openPeer: OpenPeer
  readonly verifyOffer: VerifyOffer
  readonly clock: Clock
  readonly send: (message: FromViewer) => void
  readonly changed: (state: CallState) => void
}

/** Performs what the call of one camera decides. */
export class CallSession {
  readonly #ports: CallSessionPorts
  readonly #timers: Timers<CallTimer>
  readonly #lifecycle: Lifecycle<CallState, CallEvent, CallEffect>
  readonly #frames: FrameWatch
  #peer: Peer | null = null

  constructor(ports: CallSessionPorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, (timer) => this.dispatch({ type: 'timer', timer }))
    this.#lifecycle = new Lifecycle<CallState, CallEvent, CallEffect>(
      { phase: 'idle' },
      stepCall,
      (effect) => this.#perform(effect),
      (state) => this.#changed(state),
    )
    this.#frames = new FrameWatch({
      clock: ports.clock,
      countFrames: (report) => this.#countFrames(report),
      stalled: () => this.dispatch({ type: 'stalled' }),
    })
  }

  get state(): CallState {
    return this.#lifecycle.state
  }

  dispatch(event: CallEvent): void {
    this.#lifecycle.dispatch(event)
  }

  networkChanged(): void {
    this.#frames.networkChanged()
  }

  #changed(state: CallState): void {
    if (isWatching(state)) this.#frames.start()
    else this.#frames.stop()
    this.#ports.changed(state)
  }

  #countFrames(report: (frames: number | null) => void): void {
    const peer = this.#peer
    peer?.countFrames((frames) => {
      if (this.#peer === peer) report(frames)
    })
  }

  #perform(effect: CallEffect): void {
    switch (effect.type) {
      case 'send':
        this.#ports.send(effect.message)
        break
      case 'open-peer':
        this.#openPeer(effect.call)
        break
      case 'verify-offer': {
        const { call } = effect.offer
        this.#ports.verifyOffer(effect.offer, (verdict) => this.dispatch({ type: 'verified', call, verdict }))
        break
      }
      case 'apply-offer':
        this.#peer?.applyOffer(effect.sdp)
        break
      case 'add-candidates':
        this.#peer?.addCandidates(effect.candidates)
        break
      case 'start-timer':
        this.#timers.start(effect.timer, effect.ms)
        break
      case 'stop-timer':
        this.#timers.stop(effect.timer)
        break
      case 'release':
        this.#timers.stopAll()
        this.#peer?.close()
        this.#peer = null
        break
      default:
        assertNever(effect)
    }
  }

  #openPeer(call: string): void {
    try {
      const peer = this.#ports.openPeer(call, (event) => {
        // A peer that was replaced may still report.
        if (this.#peer === peer) this.dispatch(event)
      })
      this.#peer = peer
    } catch (error) {
      this.dispatch({ type: 'peer-refused', detail: error instanceof Error ? error.message : String(error) })
    }
  }
}
