import type { Alive } from '../../protocol/alive.ts'
import type { ToViewer } from '../../protocol/directions.ts'
import type { ErrorMessage } from '../../protocol/error.ts'
import { isLive } from './call-effects.ts'
import { CallSession, type CallSessionPorts } from './call-session.ts'
import type { CallEvent, CallState } from './call-state.ts'
import type { LocalFailure } from './failure.ts'

interface CallsPorts extends Omit<CallSessionPorts, 'changed'> {
  readonly freshId: () => string
  readonly changed: (calls: ReadonlyMap<string, CallState>) => void
}

type CallMessage = Extract<ToViewer, { type: 'offer' | 'candidates' | 'hangup' }>

/** One page's calls: at most one for each camera at a time. */
export class Calls {
  readonly #ports: CallsPorts
  readonly #sessions = new Map<string, CallSession>()
  /** Every call of this page, also those that are over. */
  readonly #placed = new Set<string>()

  constructor(ports: CallsPorts) {
    this.#ports = ports
  }

  place(camera: string, takeOver: boolean, linkUp: boolean): void {
    const call = this.#ports.freshId()
    this.#placed.add(call)
    this.#session(camera).dispatch({ type: 'place', call, camera, takeOver, linkUp })
  }

  distrust(camera: string, code: LocalFailure): void {
    this.#session(camera).dispatch({ type: 'distrust', call: this.#ports.freshId(), camera, code })
  }

  leave(camera: string): void {
    this.#session(camera).dispatch({ type: 'leave' })
  }

  firstFrame(call: string): void {
    this.#sessionOf(call)?.dispatch({ type: 'first-frame' })
  }

  take(message: CallMessage): void {
    this.#sessionOf(message.call)?.dispatch(message)
  }

  /** [R49] The host asks before it gives the place to somebody else. */
  answerWhetherAlive({ call, camera }: Alive): void {
    const state = this.#sessionOf(call)?.state
    if (state !== undefined && isLive(state)) this.#ports.send({ type: 'alive', call, camera })
    else this.#ports.send({ type: 'hangup', call, camera, reason: 'viewer-left' })
  }

  takeError({ code, detail }: ErrorMessage, call: string): void {
    this.#sessionOf(call)?.dispatch({ type: 'error', code, ...(detail === undefined ? {} : { detail }) })
  }

  tellAll(event: CallEvent): void {
    for (const session of this.#sessions.values()) session.dispatch(event)
  }

  isOwn(call: string): boolean {
    return this.#placed.has(call)
  }

  #session(camera: string): CallSession {
    const known = this.#sessions.get(camera)
    if (known !== undefined) return known
    const session = new CallSession({ ...this.#ports, changed: () => this.#changed() })
    this.#sessions.set(camera, session)
    return session
  }

  #sessionOf(call: string): CallSession | undefined {
    return [...this.#sessions.values()].find(({ state }) => 'call' in state && state.call === call)
  }

  #changed(): void {
    const states = [...this.#sessions].map(([camera, { state }]) => [camera, state] as const)
    this.#ports.changed(new Map(states))
  }
}
