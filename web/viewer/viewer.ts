import type { FromViewer, ToViewer } from '../../protocol/directions.ts'
import type { ErrorMessage } from '../../protocol/error.ts'
import { parseToViewer } from '../../protocol/frame.ts'
import type { IceServer } from '../../protocol/ice.ts'
import type { Watch } from '../../protocol/operations.ts'
import { toBase64url } from '../../protocol/base64url.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Self } from '../../protocol/welcome.ts'
import { assertNever } from './assert-never.ts'
import { CallSession, type Peer } from './call-session.ts'
import type { CallEvent, CallState, PeerEvent } from './call-state.ts'
import { type Cameras, mergePresence, mergeWelcome } from './cameras.ts'
import { LinkSession, type OpenSocket } from './link-session.ts'
import { isUp, type LinkState } from './step-link.ts'
import type { Clock } from './timers.ts'

export interface ViewerPorts {
  readonly openSocket: OpenSocket
  readonly openPeer: (call: string, iceServers: readonly IceServer[], on: (event: PeerEvent) => void) => Peer
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
  readonly #sessions = new Map<string, CallSession>()
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
      clock: ports.clock,
      random: ports.random,
      hello: () => this.#hello(),
      message: (text) => this.#receive(text),
      changed: (link, before) => this.#linkChanged(link, before),
    })
  }

  /** Also after `stop`, and after a refusal. */
  start(): void {
    this.#link.dispatch({ type: 'start' })
  }

  /** Hangs up everything: the page is being left. */
  stop(): void {
    this.#tellCalls({ type: 'leave' })
    this.#link.dispatch({ type: 'stop' })
  }

  /** The network is back, or the page is visible again. */
  wake(): void {
    this.#link.dispatch({ type: 'wake', now: this.#ports.clock.now() })
  }

  call(camera: string): void {
    const linkUp = isUp(this.#link.state)
    this.#session(camera).dispatch({ type: 'place', call: this.#freshId(), camera, linkUp })
  }

  /** Also puts away what is left of a call that is over. */
  leave(camera: string): void {
    this.#session(camera).dispatch({ type: 'leave' })
  }

  /** Only the page sees when a picture appears. */
  firstFrame(call: string): void {
    this.#sessionOf(call)?.dispatch({ type: 'first-frame' })
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
        this.#iceServers = message.iceServers
        this.#update({ cameras: mergeWelcome(this.#snapshot.cameras ?? new Map(), message.cameras) })
        this.#link.dispatch({ type: 'welcome', now: this.#ports.clock.now() })
        break
      case 'presence': {
        const known = this.#snapshot.cameras
        const cameras = known === null ? null : mergePresence(known, message)
        if (cameras === null) this.#link.dispatch({ type: 'refresh' })
        else this.#update({ cameras })
        break
      }
      case 'offer':
      case 'candidates':
      case 'hangup':
        this.#sessionOf(message.call)?.dispatch(message)
        break
      case 'error':
        this.#takeError(message)
        break
      default:
        assertNever(message)
    }
  }

  #takeError({ code, call, detail }: ErrorMessage): void {
    if (call === undefined) this.#link.dispatch({ type: 'error', code })
    else this.#sessionOf(call)?.dispatch({ type: 'error', code, ...(detail === undefined ? {} : { detail }) })
  }

  #linkChanged(link: LinkState, before: LinkState): void {
    this.#update({ link })
    if (isUp(link) === isUp(before)) return
    if (!isUp(link)) {
      this.#tellCalls({ type: 'link-down' })
      return
    }
    const unsaid = this.#unsaidHangups
    this.#unsaidHangups = []
    for (const hangup of unsaid) this.#send(hangup)
    this.#tellCalls({ type: 'link-up' })
  }

  #send(message: FromViewer): void {
    if (isUp(this.#link.state)) this.#link.send(JSON.stringify(message))
    else if (message.type === 'hangup') this.#unsaidHangups.push(message)
  }

  #session(camera: string): CallSession {
    const known = this.#sessions.get(camera)
    if (known !== undefined) return known
    const session = new CallSession({
      openPeer: (call, on) => this.#ports.openPeer(call, this.#iceServers, on),
      clock: this.#ports.clock,
      send: (message) => this.#send(message),
      changed: (state) => this.#update({ calls: new Map(this.#snapshot.calls).set(camera, state) }),
    })
    this.#sessions.set(camera, session)
    return session
  }

  #sessionOf(call: string): CallSession | undefined {
    return [...this.#sessions.values()].find(({ state }) => 'call' in state && state.call === call)
  }

  #tellCalls(event: CallEvent): void {
    for (const session of this.#sessions.values()) session.dispatch(event)
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
