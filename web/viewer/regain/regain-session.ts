import type { ViewersReason } from '../../../protocol/hangup.ts'
import { assertNever } from '../assert-never.ts'
import { Lifecycle } from '../lifecycle.ts'
import { backoffMs } from '../link/backoff.ts'
import { type Clock, Timers } from '../timers.ts'
import type { Around, RegainEffect, RegainEvent, RegainState } from './regain-state.ts'
import { stepRegain } from './step-regain.ts'

const LONGEST_REST_MS = 8_000
/** A camera that is away is tried now and then all the same. */
export const LONG_REST_MS = 60_000

interface RegainPorts {
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly around: () => Around
  readonly place: (replaces: string) => void
  readonly release: (reason: ViewersReason) => void
  readonly changed: () => void
}

/** Performs what is decided about getting one camera's picture back. */
export class RegainSession {
  readonly #ports: RegainPorts
  readonly #timers: Timers<'rest'>
  readonly #lifecycle: Lifecycle<RegainState, RegainEvent, RegainEffect>

  constructor(ports: RegainPorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, () => this.dispatch({ type: 'rested' }))
    this.#lifecycle = new Lifecycle<RegainState, RegainEvent, RegainEffect>(
      { phase: 'off' },
      (state, event) => stepRegain(state, event, ports.around()),
      (effect) => this.#perform(effect),
      ports.changed,
    )
  }

  get state(): RegainState {
    return this.#lifecycle.state
  }

  dispatch(event: RegainEvent): void {
    this.#lifecycle.dispatch(event)
  }

  #perform(effect: RegainEffect): void {
    switch (effect.type) {
      case 'place':
        this.#ports.place(effect.replaces)
        break
      case 'release':
        this.#ports.release(effect.reason)
        break
      case 'rest':
        this.#timers.start('rest', backoffMs(effect.tries, this.#ports.random(), LONGEST_REST_MS))
        break
      case 'rest-long':
        this.#timers.start('rest', LONG_REST_MS)
        break
      case 'stop-rest':
        this.#timers.stop('rest')
        break
      default:
        assertNever(effect)
    }
  }
}
