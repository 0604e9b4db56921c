import type { IncomingCall } from '../../protocol/call.ts'
import type { HangupReason } from '../../protocol/hangup.ts'
import type { CameraCondition } from '../../protocol/hello.ts'
import { conditionOf } from '../cameras/condition.ts'
import { type HostedCamera, hostCameras, type WatchedCamera } from '../cameras/hosted-cameras.ts'
import type { CameraWatch } from '../cameras/watch-camera.ts'
import type { Clock } from '../clock/clock.ts'
import type { Log } from '../log/log.ts'
import type { CallMessage } from './call-message.ts'
import type { CallSurroundings, Ending, ToHost } from './call-state.ts'
import { type LiveCall, startCall } from './live-call.ts'
import { Reception } from './reception.ts'

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
  readonly #cameras: ReadonlyMap<string, WatchedCamera>
  readonly #calls = new Map<string, LiveCall>()
  readonly #reception: Reception
  #sessions = 0
  #linkUp = false
  #released: () => void = () => {}

  /** Resolved when every camera has been looked for once. */
  readonly looked: Promise<void>

  constructor(ports: SwitchboardPorts) {
    this.#ports = ports
    const { cameras, clock, random } = ports
    const { byName, looked } = hostCameras(cameras, {
      ...{ clock, random },
      inUse: (name) => this.#callsOf(name).some((call) => call.phase() !== 'opening'),
      changed: (name) => this.#cameraChanged(name),
    })
    this.#cameras = byName
    this.looked = looked
    this.#reception = new Reception({
      ...ports,
      calls: this.#calls,
      maxCalls: new Map(cameras.map(({ name, maxCalls }) => [name, maxCalls])),
      start: (message, name) => this.#start(message, name),
    })
  }

  take(message: ToHost): void {
    const live = this.#calls.get(message.call)
    if (message.type === 'call') this.#reception.takeCall(message)
    else if (live === undefined) this.#reception.takeStray(message)
    else {
      if (message.type !== 'hangup' && message.type !== 'error') this.#reception.heard(live.id)
      live.dispatch(message)
    }
  }

  /** [R24] Calls are told, and go on. */
  linkChanged(up: boolean): void {
    this.#linkUp = up
    this.#reception.linkChanged(up)
    for (const call of this.#calls.values()) call.dispatch({ type: 'link', up })
  }

  /** [R24] Ends that were not heard here; the cloud knows of them. */
  endedInCloud(calls: readonly string[]): void {
    for (const call of calls) {
      this.#calls.get(call)?.dispatch({ type: 'hangup', call, reason: 'ended-in-cloud' })
    }
  }

  /** [R41] Nobody may see the cameras any more; who watched hears it from the cloud. */
  unpaired(): void {
    const reason: HangupReason = 'device-unpaired'
    for (const call of [...this.#reception.waiting(), ...this.#calls.keys()]) {
      this.take({ type: 'hangup', call, reason })
    }
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

  /** Ends every call, and takes none any more; resolves when every session with a camera is closed. */
  stop(): Promise<void> {
    const released = new Promise<void>((resolve) => {
      this.#released = resolve
    })
    const reason: HangupReason = 'connector-stopped'
    for (const { watch } of this.#cameras.values()) watch.stop()
    this.#reception.close(reason)
    for (const call of this.calls()) call.dispatch({ type: 'end', reason })
    if (this.#sessions === 0) this.#released()
    return released
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
        if (own) learnFrom(ending, hosted.watch)
        this.#reception.ended(ending)
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
