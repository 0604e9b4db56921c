import { toBase64url } from '../../protocol/base64url.ts'
import type { FromViewer, ToViewer } from '../../protocol/directions.ts'
import type { ErrorMessage } from '../../protocol/error.ts'
import { parseToViewer } from '../../protocol/frame.ts'
import { gatewayFailure } from '../../protocol/gateway-failure.ts'
import type { IceServer } from '../../protocol/ice.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Asked, ViewerOperation } from '../../protocol/operations.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { ViewerWelcome } from '../../protocol/welcome.ts'
import type { AskResult } from './ask-result.ts'
import { assertNever } from './assert-never.ts'
import { Audience } from './audience.ts'
import { Calls } from './calls.ts'
import { type Cameras, isContradicted, mergePresence, mergeWelcome } from './cameras.ts'
import { Hangups } from './hangups.ts'
import { type KeptCalls, NO_KEPT_CALLS, withHungUp } from './kept-calls.ts'
import { newDevicesOf } from './known-devices.ts'
import { LinkSession } from './link/link-session.ts'
import { isUp, type LinkState, type SocketRole, type WakeCause } from './link/link-state.ts'
import { Requests } from './requests.ts'
import type { ViewerPorts } from './viewer-ports.ts'
import { EMPTY_SNAPSHOT, type ViewerSnapshot } from './viewer-snapshot.ts'

/** One page's end of the signalling: its link to the cloud, what it knows of the cameras, and its calls. */
export class Viewer {
  readonly #ports: ViewerPorts
  readonly #changed: (snapshot: ViewerSnapshot) => void
  readonly #link: LinkSession
  readonly #calls: Calls
  readonly #requests: Requests
  readonly #audience: Audience
  readonly #hangups: Hangups
  #snapshot: ViewerSnapshot = EMPTY_SNAPSHOT
  #iceServers: readonly IceServer[] = []
  #kept: KeptCalls = NO_KEPT_CALLS

  constructor(ports: ViewerPorts, changed: (snapshot: ViewerSnapshot) => void) {
    this.#ports = ports
    this.#changed = changed
    const { software } = ports
    const instance = this.#freshId()
    const hello: FromViewer = { type: 'hello', protocol: PROTOCOL_VERSION, software, instance }
    this.#link = new LinkSession({
      openSocket: ports.openSocket,
      credentials: ports.credentials,
      clock: ports.clock,
      random: ports.random,
      hello: JSON.stringify(hello),
      message: (text, on) => this.#receive(text, on),
      changed: (link, before) => this.#linkChanged(link, before),
      moved: () => this.#connected('moved'),
    })
    this.#hangups = new Hangups({
      clock: ports.clock,
      isUp: () => isUp(this.#link.state),
      send: (hangup) => this.#transmit(hangup),
      changed: () => this.#keep(),
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
      random: ports.random,
      mayCall: (camera) => ports.devices.standing(splitCameraId(camera).device) === 'known',
      changed: (calls, regains) => this.#update({ calls, regains }),
      keep: (kept) => {
        this.#kept = kept
        this.#keep()
      },
      doubtLink: () => this.#link.dispatch({ type: 'wake', cause: 'doubt' }),
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
    this.#calls.stop()
    this.#requests.giveUp()
    this.#link.dispatch({ type: 'stop' })
  }

  /** The network is back or another, or the page is visible again. */
  wake(cause: WakeCause): void {
    this.#link.dispatch({ type: 'wake', cause })
    if (cause === 'network') this.#calls.networkChanged()
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

  /** As `leave`, of all cameras: the person goes. */
  leaveAll(): void {
    this.#calls.leaveAll()
  }

  /** What a page before this one had comes back; what that hung up is hung up once more. */
  regain(kept: KeptCalls): void {
    this.#calls.regain(kept)
    for (const hangup of kept.hungUp) this.#hangups.say(hangup)
  }

  /** Whether somebody looks at the page. */
  look(looked: boolean): void {
    this.#calls.look(looked)
  }

  /** Only the page sees when a picture appears. */
  firstFrame(call: string): void {
    this.#calls.seen(call, 'first-frame')
  }

  /** The browser does not start the picture before a person does. */
  playBlocked(call: string): void {
    this.#calls.seen(call, 'play-blocked')
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
    this.#update({ newDevices: newDevicesOf(this.#snapshot.cameras, this.#ports.devices) })
  }

  #receive(text: string, on: SocketRole): void {
    const parsed = parseToViewer(text)
    if (on === 'current') this.#hangups.heard()
    this.#link.dispatch({ type: 'heard', on })
    if (parsed.ok) this.#take(parsed.message, on)
    // Any other bad message is dropped [R8].
    else if (gatewayFailure(text) !== null) this.#cloudFailed(on)
  }

  /** At what, it does not say: whatever waits for an answer is tried again. */
  #cloudFailed(on: SocketRole): void {
    this.#requests.cloudFailed()
    this.#link.dispatch({ type: 'error', on, code: 'internal' })
    this.#calls.tellAll({ type: 'error', code: 'internal' })
    this.#hangups.cloudFailed()
  }

  #take(message: ToViewer, on: SocketRole): void {
    switch (message.type) {
      case 'welcome':
        if (on !== 'old') this.#takeWelcome(message, on)
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
        if (message.call === undefined) this.#link.dispatch({ type: 'error', on, code: message.code })
        else this.#takeErrorOf(message.call, message)
        if (message.code === 'internal') this.#hangups.cloudFailed()
        break
      default:
        assertNever(message)
    }
  }

  #takeErrorOf(call: string, error: ErrorMessage): void {
    const camera = this.#calls.cameraOf(call)
    this.#calls.takeError(error, call)
    // The word of its presence was lost on its way here, or was never sent.
    if (camera !== null && isContradicted(this.#snapshot.cameras, camera, error.code)) {
      this.#link.dispatch({ type: 'refresh' })
    }
  }

  #takeWelcome({ self, cameras, iceServers, rollOverMs }: ViewerWelcome, on: SocketRole): void {
    this.#iceServers = iceServers
    this.#update({ self })
    this.#showCameras(mergeWelcome(this.#snapshot.cameras ?? new Map(), cameras))
    this.#link.dispatch({ type: 'welcome', on, rollOverMs })
    if (self.owner) void this.#audience.list()
    else this.#audience.clear()
  }

  #showCameras(cameras: Cameras): void {
    this.#update({ cameras })
    this.showDevices()
    this.#calls.seeCameras(cameras)
  }

  #linkChanged(link: LinkState, before: LinkState): void {
    this.#update({ link })
    if (isUp(link) && !isUp(before)) this.#connected('link-up')
    else if (!isUp(link) && isUp(before)) this.#calls.tellAll({ type: 'link-down' })
  }

  /** On a connection that has heard nothing of all this yet. */
  #connected(type: 'link-up' | 'moved'): void {
    this.#hangups.linkUp()
    this.#calls.tellAll({ type })
    this.#requests.repeat()
  }

  #keep(): void {
    this.#ports.keepCalls(withHungUp(this.#kept, this.#hangups.inDoubt))
  }

  #send(message: FromViewer): void {
    if (message.type === 'hangup') this.#hangups.say(message)
    else this.#transmit(message)
  }

  #transmit(message: FromViewer): void {
    if (isUp(this.#link.state)) this.#link.send(JSON.stringify(message))
  }

  #update(part: Partial<ViewerSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part }
    this.#changed(this.#snapshot)
  }

  #freshId(): string {
    return toBase64url(this.#ports.randomBytes(16))
  }
}
