import { type Clock, Timers } from '../timers.ts'
import { type Flow, FRAMES_INTERVAL_MS, isStalled, startFlow, stepFlow } from './step-frames.ts'

interface FrameWatchPorts {
  readonly clock: Clock
  /** Null where the browser does not count: then only the connection itself can tell of a loss. */
  readonly countFrames: (report: (frames: number | null) => void) => void
  readonly stalled: () => void
}

/** Sees a picture stand still. */
export class FrameWatch {
  readonly #ports: FrameWatchPorts
  readonly #timers: Timers<'count'>
  #flow: Flow | null = null

  constructor(ports: FrameWatchPorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, () => this.#count())
  }

  start(): void {
    if (this.#flow !== null) return
    this.#flow = startFlow(this.#ports.clock.now())
    this.#timers.start('count', FRAMES_INTERVAL_MS)
  }

  stop(): void {
    this.#flow = null
    this.#timers.stopAll()
  }

  networkChanged(): void {
    if (this.#flow === null) return
    this.#flow = stepFlow(this.#flow, { type: 'network-changed', now: this.#ports.clock.now() })
  }

  #count(): void {
    this.#timers.start('count', FRAMES_INTERVAL_MS)
    this.#ports.countFrames((frames) => {
      if (this.#flow === null || frames === null) return
      this.#flow = stepFlow(this.#flow, { type: 'counted', frames, now: this.#ports.clock.now() })
      if (!isStalled(this.#flow)) return
      this.stop()
      this.#ports.stalled()
    })
  }
}
