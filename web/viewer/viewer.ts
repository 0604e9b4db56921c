import { toBase64url } from '../../protocol/base64url.ts'
import type { FromViewer, ToViewer } from '../../protocol/directions.ts'
import { parseToViewer } from '../../protocol/frame.ts'
import type { IceServer } from '../../protocol/ice.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Asked, ViewerOperation, Watch } from '../../protocol/operations.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Self, ViewerWelcome } from '../../protocol/welcome.ts'
import type { AskResult } from './ask-result.ts'
import { assertNever } from './assert-never.ts'
import { Audience } from './audience.ts'
import type { Peer } from './call-session.ts'
import type { CallState, PeerEvent } from './call-state.ts'
import { Calls } from './calls.ts'
import { type Cameras, mergePresence, mergeWelcome } from './cameras.ts'
import type { CredentialSource } from './credential.ts'
import type { KnownDevices } from './known-devices.ts'
import { LinkSession, type OpenSocket } from './link-session.ts'
import { Requests } from './requests.ts'
import { isUp, type LinkState } from './step-link.ts'
import type { Clock } from './timers.ts'
import type { VerifyOffer } from './verify-offer.ts'
export interface ViewerPorts {
  readonly openSocket: OpenSocket
  readonly credentials: CredentialSource
  readonly openPeer: (call: string, iceServers: readonly IceServer[], on: (event: PeerEvent) => void) => Peer
  readonly verifyOffer: VerifyOffer
  readonly devices: KnownDevices
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** From a cryptographic source. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly software: { readonly name: string; readonly version: string }
}

export interface ViewerSnapshot {
  readonly link: LinkState
  /** Whom the cloud takes this page for; null until the first welcome. */
  readonly self: Self | null
  /** Null until the first welcome. */
  readonly cameras: Cameras | null
  /** By camera. */
  readonly calls: ReadonlyMap<string, CallState>
  /** Devices of these cameras that this browser does not know yet [R43]: their cameras cannot be called. */
  readonly newDevices: ReadonlySet<string>
  /** An owner's: who else watches now, by camera. */
  readonly watchers: ReadonlyMap<string, readonly Watch[]>
}

export const EMPTY_SNAPSHOT: ViewerSnapshot = {
  link: { phase: 'idle' },
  self: null,
  cameras: null,
  calls: new Map(),
  newDevices: new Set(),
  watchers: new Map(),
}

/** One page's end of the signalling: its link to the cloud, what it knows of the cameras, and its calls. */
export class Viewer {
  readonly #ports: ViewerPorts
  readonly #changed: (snapshot: ViewerSnapshot) => void
  readonly #link: LinkSession
  readonly #instance: string
  readonly #calls: Calls
  readonly #requests: Requests
  readonly #audience: Audience
  #snapshot: ViewerSnapshot = EMPTY_SNAPSHOT
  #iceServers: readonly IceServer[] = []
  /** Said while the link was down: a camera is not to be kept busy for nobody. */
  #unsaidHangups: FromViewer[] = []

  constructor(ports: ViewerPorts, changed: (snapshot: ViewerSnapshot) => void) {
    this.#ports = ports
    this.#changed = changed
    this.#instance = this.#freshId()
    this.#link = new LinkSession({
      openSocket: ports.openSocket,
      credentials: ports.credentials,
      clock: ports.clock,
      random: ports.random,
      hello: () => this.#hello(),
      message: (text) => this.#receive(text),
      changed: (link, before) => this.#linkChanged(link, before),
    })
    const send = (message: FromViewer) => this.#send(message)
    const freshId = () => this.#freshId()
    this.#requests = new Requests({ clock: ports.clock, freshId, send })
    this.#calls = new Calls({
      openPeer: (call, on) => ports.openPeer(call, this.#iceServers, on),
      verifyOffer: ports.verifyOffer,
      clock: ports.clock,
      send,
      freshId,
      changed: (calls) => this.#update({ calls }),
    })
    this.#audience = new Audience({
      ask: (asked) => this.ask('list-watchers', asked),
      isOwn: (call) => this.#calls.isOwn(call),
      changed: (watchers) => this.#update({ watchers }),
    })
  }

  /** Also after `stop`, after a refusal, and when somebody has signed in. */
  start(): void {
    this.#link.dispatch({ type: 'start' })
  }

  /** Hangs up everything: the page is being left. */
  stop(): void {
    this.#calls.tellAll({ type: 'leave' })
    this.#requests.giveUp()
    this.#link.dispatch({ type: 'stop' })
  }

  /** The network is back, or the page is visible again. */
  wake(): void {
    this.#link.dispatch({ type: 'wake', now: this.#ports.clock.now() })
  }

  /** Of a device that this browser does not know, no camera is called [R43]. */
  call(camera: string, takeOver = false): void {
    const standing = this.#ports.devices.standing(splitCameraId(camera).device)
    if (standing === 'known') this.#calls.place(camera, takeOver, isUp(this.#link.state))
    else this.#calls.distrust(camera, standing === 'new' ? 'new-device' : 'wrong-device')
  }

  /** Also puts away what is left of a call that is over. */
  leave(camera: string): void {
    this.#calls.leave(camera)
  }

  /** Only the page sees when a picture appears. */
  firstFrame(call: string): void {
    this.#calls.firstFrame(call)
  }

  ask<Op extends ViewerOperation>(op: Op, asked: Asked<Op>): Promise<AskResult<Op>> {
    return isUp(this.#link.state) ? this.#requests.ask(op, asked) : Promise.resolve({ kind: 'not-sent' })
  }

  learnDevice(device: string): void {
    this.#ports.devices.learn(device)
    this.showDevices()
  }

  /** What is known of devices may have changed elsewhere. */
  showDevices(): void {
    const shown = [...(this.#snapshot.cameras?.values() ?? [])].filter(({ state }) => state !== 'removed')
    const devices = shown.map(({ camera }) => splitCameraId(camera).device)
    const fresh = devices.filter((device) => this.#ports.devices.standing(device) === 'new')
    this.#update({ newDevices: new Set(fresh) })
  }

  #receive(text: string): void {
    const parsed = parseToViewer(text)
    this.#link.dispatch({ type: 'heard', now: this.#ports.clock.now() })
    // A bad message is dropped [R8]; so are the gateway's own error frames, which name no call.
    if (parsed.ok) this.#take(parsed.message)
  }

  #take(message: ToViewer): void {
    switch (message.type) {
      case 'welcome':
        this.#takeWelcome(message)
        break
      case 'presence': {
        const known = this.#snapshot.cameras
        const cameras = known === null ? null : mergePresence(known, message)
        if (cameras === null) this.#link.dispatch({ type: 'refresh' })
        else this.#showCameras(cameras)
        break
      }
      case 'offer':
      case 'candidates':
      case 'hangup':
        this.#calls.take(message)
        break
      case 'alive':
        this.#calls.answerWhetherAlive(message)
        break
      case 'watching':
        this.#audience.hear(message.watch)
        break
      case 'reply':
        this.#requests.take(message)
        break
      case 'error':
        if (message.call === undefined) this.#link.dispatch({ type: 'error', code: message.code })
        else this.#calls.takeError(message, message.call)
        break
      default:
        assertNever(message)
    }
  }

  #takeWelcome({ self, cameras, iceServers }: ViewerWelcome): void {
    this.#iceServers = iceServers
    this.#update({ self })
    this.#showCameras(mergeWelcome(this.#snapshot.cameras ?? new Map(), cameras))
    this.#link.dispatch({ type: 'welcome', now: this.#ports.clock.now() })
    if (self.owner) void this.#audience.list()
    else this.#audience.clear()
  }

  #showCameras(cameras: Cameras): void {
    this.#update({ cameras })
    this.showDevices()
  }

  #linkChanged(link: LinkState, before: LinkState): void {
    this.#update({ link })
    if (isUp(link) === isUp(before)) return
    if (!isUp(link)) {
      this.#calls.tellAll({ type: 'link-down' })
      return
    }
    const unsaid = this.#unsaidHangups
    this.#unsaidHangups = []
    for (const hangup of unsaid) this.#send(hangup)
    this.#calls.tellAll({ type: 'link-up' })
    this.#requests.repeat()
  }

  #send(message: FromViewer): void {
    if (isUp(this.#link.state)) this.#link.send(JSON.stringify(message))
    else if (message.type === 'hangup') this.#unsaidHangups.push(message)
  }

  #hello(): string {
    const { software } = this.#ports
    const hello: FromViewer = {
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      software,
      instance: this.#instance,
    }
    return JSON.stringify(hello)
  }

  #update(part: Partial<ViewerSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part }
    this.#changed(this.#snapshot)
  }

  #freshId(): string {
    return toBase64url(this.#ports.randomBytes(16))
  }
}
