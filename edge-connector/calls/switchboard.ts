import type { IncomingCall } from '../../protocol/call.ts'
import { errorMessage } from '../../protocol/error.ts'
import type { HangupReason } from '../../protocol/hangup.ts'
import type { CameraCondition } from '../../protocol/hello.ts'
import type { Camera } from '../cameras/camera-port.ts'
import { conditionOf } from '../cameras/condition.ts'
import { limitFeeds } from '../cameras/limit-feeds.ts'
import { type CameraWatch, watchCamera } from '../cameras/watch-camera.ts'
import type { Clock } from '../clock/clock.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import type { Log } from '../log/log.ts'
import { admitCall } from './admit-call.ts'
import type { CallMessage } from './call-message.ts'
import type { CallEvent, CallSurroundings, Ending } from './call-state.ts'
import { EndedCalls } from './ended-calls.ts'
import { type LiveCall, startCall } from './live-call.ts'

/** A message of a call: the viewer's, or the cloud's own. */
type ToHost = Exclude<CallEvent, { type: 'camera' | 'link' | 'end' | 'timer' }> & { readonly call: string }

export interface HostedCamera {
  readonly name: string
  readonly maxCalls: number
  readonly camera: Camera
}

export interface CameraReport {
  readonly name: string
  readonly state: CameraCondition
  readonly calls: number
}

export interface SwitchboardPorts {
  readonly device: string
  readonly cameras: readonly HostedCamera[]
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly send: (message: CallMessage) => void
  readonly signOffer: CallSurroundings['signOffer']
  /** Some camera may have another state than before. */
  readonly changed: () => void
}

/** Connects viewers with cameras: takes what the cloud hands on and leads it to its call. */
export class Switchboard {
  readonly #ports: SwitchboardPorts
  readonly #cameras = new Map<string, HostedCamera & { readonly watch: CameraWatch }>()
  readonly #calls = new Map<string, LiveCall>()
  readonly #ended = new EndedCalls()
  #sessions = 0
  #linkUp = false
  #released: () => void = () => {}

  /** Resolved when every camera has been looked for once. */
  readonly looked: Promise<void>

  constructor(ports: SwitchboardPorts) {
    this.#ports = ports
    const looks = ports.cameras.map(
      (hosted) =>
        new Promise<void>((settled) => {
          const watch = watchCamera({
            camera: hosted.camera,
            clock: ports.clock,
            random: ports.random,
            inUse: () => this.#callsOf(hosted.name).some((call) => call.phase() !== 'opening'),
            changed: () => this.#cameraChanged(hosted.name),
            settled,
          })
          const camera = limitFeeds(hosted.camera, hosted.maxCalls)
          this.#cameras.set(hosted.name, { ...hosted, camera, watch })
        }),
    )
    this.looked = Promise.all(looks).then(() => {})
  }

  take(message: ToHost): void {
    const live = this.#calls.get(message.call)
    if (message.type === 'call') this.#admit(message, live)
    else if (live !== undefined) live.dispatch(message)
    else this.#takeStray(message)
  }

  /** [R24] Calls are told, and go on. */
  linkChanged(up: boolean): void {
    this.#linkUp = up
    for (const call of this.#calls.values()) call.dispatch({ type: 'link', up })
  }

  /** [R24] Ends that were not heard here; the cloud knows of them. */
  endedInCloud(calls: readonly string[]): void {
    for (const call of calls)
      this.#calls.get(call)?.dispatch({ type: 'hangup', call, reason: 'ended-in-cloud' })
  }

  /** [R41] Nobody may see the cameras any more; who watched hears it from the cloud. */
  unpaired(): void {
    const reason: HangupReason = 'device-unpaired'
    for (const call of this.calls()) call.dispatch({ type: 'hangup', call: call.id, reason })
  }

  cameras(): CameraReport[] {
    return [...this.#cameras.values()].map(({ name, maxCalls, watch }) => {
      const calls = this.#callsOf(name).length
      return { name, calls, state: conditionOf({ reachable: watch.reachable(), calls, maxCalls }) }
    })
  }

  calls(): LiveCall[] {
    return [...this.#calls.values()]
  }

  /** Ends every call; resolves when every session with a camera is closed. */
  stop(): Promise<void> {
    const released = new Promise<void>((resolve) => {
      this.#released = resolve
    })
    for (const { watch } of this.#cameras.values()) watch.stop()
    for (const call of this.calls()) call.dispatch({ type: 'end', reason: 'connector-stopped' })
    if (this.#sessions === 0) this.#released()
    return released
  }

  #admit(message: IncomingCall, live: LiveCall | undefined): void {
    const { device, clock, send, log } = this.#ports
    const admitted = admitCall(message, {
      device,
      maxCalls: new Map([...this.#cameras.values()].map(({ name, maxCalls }) => [name, maxCalls])),
      seats: this.calls(),
      ended: this.#ended.find(message.call, clock.now()),
    })
    switch (admitted.verdict) {
      case 'retry':
        live?.dispatch(message)
        return
      case 'start':
        if (admitted.instead !== null) {
          this.#calls.get(admitted.instead)?.dispatch({ type: 'end', reason: 'taken-over' })
        }
        this.#start(message, admitted.camera)
        return
      case 'refuse':
        if (admitted.over) {
          this.#ended.add(admitted.answer, clock.now())
          const code = admitted.answer.type === 'error' ? admitted.answer.code : admitted.answer.reason
          log('info', 'call-refused', 'call is refused', { call: message.call, camera: message.camera, code })
        }
        send(admitted.answer)
        return
      default:
        assertNever(admitted)
    }
  }

  #start(asked: IncomingCall, name: string): void {
    const hosted = this.#cameras.get(name)
    if (hosted === undefined) return
    const { clock, log, send, signOffer, changed } = this.#ports
    const id = asked.call
    this.#sessions += 1
    const call = startCall({
      asked,
      name,
      camera: hosted.camera,
      linkUp: this.#linkUp,
      clock,
      log,
      signOffer,
      send,
      connected: () => hosted.watch.observe(true),
      ended: (ending, own) => {
        this.#calls.delete(id)
        this.#ended.add(ending, clock.now())
        if (own) learnFrom(ending, hosted.watch)
        changed()
      },
      released: () => {
        this.#sessions -= 1
        if (this.#sessions === 0) this.#released()
      },
    })
    this.#calls.set(id, call)
    changed()
  }

  /** A message of a call that does not run here: over, or never heard of. */
  #takeStray(message: Exclude<ToHost, IncomingCall>): void {
    const { call: id } = message
    const now = this.#ports.clock.now()
    if (this.#ended.find(id, now) !== undefined || message.type === 'error') return
    if (message.type === 'hangup') {
      // Messages come in no order: its `call` may still be on the way, and must not open a camera for nobody.
      this.#ended.add({ type: 'hangup', call: id, reason: message.reason }, now)
      return
    }
    this.#ports.send({ ...errorMessage('unknown-call'), call: id })
  }

  #callsOf(name: string): LiveCall[] {
    return this.calls().filter((call) => call.camera === name)
  }

  #cameraChanged(name: string): void {
    const report = this.cameras().find((camera) => camera.name === name)
    if (report === undefined) return
    this.#ports.log('info', 'camera-state', `camera is ${report.state}`, {
      camera: name,
      state: report.state,
    })
    this.#ports.changed()
  }
}

/** What the end of a call says of its camera, when it was made here: a viewer's word must not hide it from others. */
function learnFrom(ending: Ending, watch: CameraWatch): void {
  const cause = ending.type === 'error' ? ending.code : ending.reason
  if (cause === 'camera-unreachable') watch.observe(false)
  else if (cause === 'camera-closed') watch.look()
}
