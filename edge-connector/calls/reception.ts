import type { IncomingCall } from '../../protocol/call.ts'
import type { HangupReason } from '../../protocol/hangup.ts'
import { cameraId } from '../../protocol/identifiers.ts'
import type { Clock } from '../clock/clock.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { type Lifecycle, runLifecycle } from '../lifecycle/run-lifecycle.ts'
import type { Log } from '../log/log.ts'
import { admitCall } from './admit-call.ts'
import { answerStray, type StrayMessage } from './answer-stray.ts'
import type { CallMessage } from './call-message.ts'
import type { Ending } from './call-state.ts'
import { EndedCalls } from './ended-calls.ts'
import type { LiveCall } from './live-call.ts'
import { stepWaitingRoom } from './step-waiting-room.ts'
import {
  EMPTY_ROOM,
  type RoomEffect,
  type RoomEvent,
  type RoomTimer,
  type WaitingRoom,
} from './waiting-room.ts'

export interface ReceptionPorts {
  readonly device: string
  /** How many calls each camera may have. */
  readonly maxCalls: ReadonlyMap<string, number>
  /** Those that run. */
  readonly calls: ReadonlyMap<string, LiveCall>
  readonly clock: Clock
  readonly log: Log
  readonly send: (message: CallMessage) => void
  readonly start: (message: IncomingCall, camera: string) => void
}

/** Receives callers: gives them a place, lets them wait for one, or sends them away. */
export class Reception {
  readonly #ports: ReceptionPorts
  readonly #ended = new EndedCalls()
  readonly #room: Lifecycle<WaitingRoom, RoomEvent>
  #open = true

  constructor(ports: ReceptionPorts) {
    this.#ports = ports
    this.#room = runLifecycle<WaitingRoom, RoomEvent, RoomEffect, RoomTimer>({
      initial: EMPTY_ROOM,
      clock: ports.clock,
      step: (room, event) => stepWaitingRoom(room, event, ports.clock.now()),
      perform: (effect) => this.#perform(effect),
    })
  }

  /** Every call goes by the waiting room: a place that is made for one is nobody else's meanwhile. */
  takeCall(message: IncomingCall): void {
    if (this.#open) this.#room.dispatch(message)
  }

  /** A message of a call that does not run here: waiting, over, or never heard of. */
  takeStray(message: StrayMessage): void {
    const { call } = message
    const now = this.#ports.clock.now()
    const waits = this.waiting().includes(call)
    const ended = this.#ended.find(call, now)
    if (message.type === 'hangup' && ended === undefined) {
      // Messages come in no order: its `call` may still be on the way, and must not open a camera for nobody.
      this.#ended.add({ type: 'hangup', call, reason: message.reason }, now)
    }
    if (message.type === 'hangup' && waits) this.#room.dispatch({ type: 'leave', call })
    const answer = waits ? null : answerStray(message, ended)
    if (answer !== null) this.#ports.send(answer)
  }

  /** The viewer of a running call is there. */
  heard(call: string): void {
    this.#room.dispatch({ type: 'life', call })
  }

  /** A call that ran is over. */
  ended(ending: Ending): void {
    this.#ended.add(ending, this.#ports.clock.now())
    this.#room.dispatch({ type: 'gone', call: ending.call })
  }

  linkChanged(up: boolean): void {
    this.#room.dispatch({ type: 'link', up })
  }

  /** The calls that have no place yet. */
  waiting(): string[] {
    return this.#room.state().waiters.map(({ message }) => message.call)
  }

  /** Sends away who waits, and takes no call any more. */
  close(reason: HangupReason): void {
    this.#open = false
    for (const { message } of this.#room.state().waiters) {
      this.#room.dispatch({ type: 'leave', call: message.call })
      this.#refuse(message, { type: 'hangup', call: message.call, reason })
    }
  }

  #perform(effect: RoomEffect): void {
    const { log, send, calls } = this.#ports
    switch (effect.type) {
      case 'admit':
        this.#admit(effect.message)
        return
      case 'ask': {
        const live = calls.get(effect.call)
        if (live === undefined) return
        log('info', 'call-asked', 'a viewer is asked whether it still watches', { call: live.id })
        send({ type: 'alive', call: live.id, camera: this.#cameraId(live) })
        return
      }
      case 'hang-up':
        calls.get(effect.call)?.dispatch({ type: 'end', reason: 'viewer-silent' })
        return
      case 'refuse':
        if (effect.over) this.#refuse(effect.message, effect.answer)
        else send(effect.answer)
        return
      default:
        assertNever(effect)
    }
  }

  #admit(message: IncomingCall): void {
    const { device, clock, send, calls, maxCalls, start } = this.#ports
    this.#endReplaced(message)
    const admitted = admitCall(message, {
      device,
      maxCalls,
      seats: [...calls.values()],
      ended: this.#ended.find(message.call, clock.now(), message),
    })
    switch (admitted.verdict) {
      case 'retry': {
        const live = calls.get(message.call)
        if (live === undefined) return
        this.heard(live.id)
        live.dispatch(message)
        return
      }
      case 'start':
        if (admitted.instead !== null) {
          calls.get(admitted.instead)?.dispatch({ type: 'end', reason: 'taken-over' })
        }
        start(message, admitted.camera)
        return
      case 'full':
        this.#room.dispatch({ ...admitted, type: 'full', message })
        return
      case 'refuse':
        if (admitted.over) this.#refuse(message, admitted.answer)
        else send(admitted.answer)
        return
      default:
        assertNever(admitted)
    }
  }

  /** [R48] What a call ends when it comes for the first time; the viewer that asked for it knows. */
  #endReplaced({ call, who, camera, replaces }: IncomingCall): void {
    const { clock, calls } = this.#ports
    if (replaces === undefined || replaces === call || calls.has(call)) return
    const own = (other: Pick<IncomingCall, 'who' | 'camera'>) => other.who === who && other.camera === camera
    const hangup = { type: 'hangup', call: replaces, reason: 'called-again' } as const
    const running = calls.get(replaces)
    const waiter = this.#room.state().waiters.find(({ message }) => message.call === replaces)
    if (running !== undefined) {
      if (own({ who: running.who, camera: this.#cameraId(running) })) running.dispatch(hangup)
      return
    }
    if (waiter !== undefined) {
      if (!own(waiter.message)) return
      this.#room.dispatch({ type: 'leave', call: replaces })
    }
    if (this.#ended.find(replaces, clock.now()) !== undefined) return
    // Messages come in no order: it may still be on the way, and must not open a camera for nobody.
    this.#ended.add(hangup, clock.now(), { who, camera })
  }

  #cameraId({ camera }: LiveCall): string {
    return cameraId(this.#ports.device, camera)
  }

  #refuse(message: IncomingCall, answer: Ending): void {
    const { clock, log, send } = this.#ports
    this.#ended.add(answer, clock.now())
    const code = answer.type === 'error' ? answer.code : answer.reason
    log('info', 'call-refused', 'call is refused', { call: message.call, camera: message.camera, code })
    send(answer)
  }
}
