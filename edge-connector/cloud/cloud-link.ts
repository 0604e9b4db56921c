import WebSocket from 'ws'
import { subprotocolsFor } from '../../protocol/credentials.ts'
import type { FromDevice } from '../../protocol/directions.ts'
import { MAX_FRAME_BYTES, parseToDevice } from '../../protocol/frame.ts'
import { MAX_NAMED_CALLS } from '../../protocol/hello.ts'
import type { DeviceRequest } from '../../protocol/request.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { CallMessage } from '../calls/call-message.ts'
import type { Clock } from '../clock/clock.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { runLifecycle } from '../lifecycle/run-lifecycle.ts'
import type { Log } from '../log/log.ts'
import { describeOffset } from './cloud-time.ts'
import { describeFailure } from './describe-failure.ts'
import { frameForLog } from './frame-for-log.ts'
import {
  type Conditions,
  INITIAL_LINK,
  type LinkEffect,
  type LinkEvent,
  type LinkStanding,
  type LinkState,
  type LinkTimer,
} from './link-state.ts'
import { EMPTY_OUTBOX, onceSaid, putInto, takeFrom } from './outbox.ts'
import { type Received, sortMessage } from './sort-message.ts'
import { stepLink } from './step-link.ts'

const CLOSE_TIMEOUT_MS = 500

export interface CloudLinkPorts {
  readonly url: string
  /** The device's credential for one connection, made at that moment. */
  readonly token: () => string
  readonly instance: string
  readonly software: { readonly name: string; readonly version: string }
  /** Names shown to viewers, by camera. */
  readonly labels: ReadonlyMap<string, string>
  /** Those that run at this moment. */
  readonly calls: () => readonly string[]
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly receive: (message: Received) => void
  /** Calls that were over when `hello` named them. */
  readonly ended: (calls: readonly string[]) => void
  readonly changed: (standing: LinkStanding) => void
  /** The cloud has told its time, in epoch ms; returns by how much this device was behind. */
  /** Another program with the same key has come: this one is to stop. */
  readonly replaced: () => void
  readonly setTime: (now: number) => number
}

/** Performs what `stepLink` decides, on a real socket. */
export class CloudLink {
  readonly #ports: CloudLinkPorts
  readonly #lifecycle
  #socket: WebSocket | null = null
  #outbox = EMPTY_OUTBOX

  constructor(ports: CloudLinkPorts) {
    this.#ports = ports
    this.#lifecycle = runLifecycle<LinkState, LinkEvent, LinkEffect, LinkTimer>({
      initial: INITIAL_LINK,
      clock: ports.clock,
      step: (state, event) => stepLink(state, event, { now: ports.clock.now(), random: ports.random() }),
      perform: (effect) => this.#perform(effect),
    })
  }

  state(): LinkState {
    return this.#lifecycle.state()
  }

  start(conditions: Conditions): void {
    this.tell(conditions)
    this.#lifecycle.dispatch({ type: 'start' })
  }

  /** What the cameras are now; the cloud hears of it when it is new. */
  tell(conditions: Conditions): void {
    this.#lifecycle.dispatch({ type: 'conditions', conditions })
  }

  send(message: CallMessage): void {
    this.#outbox = putInto(this.#outbox, message, this.#ports.clock.now())
    if (this.state().phase !== 'up') return
    this.#write(message)
    this.#outbox = onceSaid(this.#outbox)
  }

  /** What a device asks for before it is paired; a connection that is gone takes the question with it. */
  ask(request: DeviceRequest): void {
    if (this.state().phase === 'unpaired') this.#write(request)
  }

  /** Leaves the place of an unpaired device to others for so long. */
  rest(ms: number, why: string): void {
    this.#lifecycle.dispatch({ type: 'rest', ms, why })
  }

  /** Resolves when what was sent is out and the socket is closed, or after half a second. */
  stop(): Promise<void> {
    const socket = this.#socket
    this.#lifecycle.dispatch({ type: 'stop' })
    if (socket === null || socket.readyState === WebSocket.CLOSED) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = this.#ports.clock.after(CLOSE_TIMEOUT_MS, () => socket.terminate())
      socket.once('close', () => {
        cancel()
        resolve()
      })
    })
  }

  #perform(effect: LinkEffect): void {
    const { log } = this.#ports
    switch (effect.type) {
      case 'connect':
        this.#socket = this.#connect()
        return
      case 'say-hello':
        this.#sayHello(effect.conditions)
        return
      case 'end-calls':
        this.#ports.ended(effect.calls)
        return
      case 'send-status':
        this.#write({ type: 'status', cameras: [...effect.conditions] })
        return
      case 'ping':
        this.#socket?.ping()
        return
      case 'drop-socket':
        this.#socket?.terminate()
        this.#socket = null
        return
      case 'close-socket':
        this.#socket?.close(1000)
        this.#socket = null
        return
      case 'give-way':
        this.#ports.replaced()
        return
      case 'announce':
        this.#announce(effect.standing, effect.reason)
        return
      case 'set-time': {
        const behindMs = Math.round(this.#ports.setTime(effect.now))
        const words = `the clock of this machine is ${describeOffset(behindMs)}; it goes by the time of the cloud now`
        log('warn', 'clock-wrong', words, { behindMs })
        return
      }
      case 'warn':
        log('warn', effect.event, effect.message, { retryMs: effect.retryMs })
        return
      default:
        assertNever(effect)
    }
  }

  #announce(standing: LinkStanding, reason: string): void {
    const { log, changed } = this.#ports
    switch (standing) {
      case 'up':
        log('info', 'cloud-up', 'the cloud is up', { reason })
        this.#emptyOutbox()
        break
      case 'unpaired':
        log('info', 'unpaired', 'the cloud is up, but this device is not paired', { reason })
        this.#outbox = EMPTY_OUTBOX
        break
      case 'down':
        log('info', 'cloud-down', 'the cloud is down', { reason })
        break
      default:
        assertNever(standing)
    }
    changed(standing)
  }

  #connect(): WebSocket {
    const { url, token } = this.#ports
    const socket = new WebSocket(url, subprotocolsFor({ kind: 'device', token: token() }), {
      perMessageDeflate: false,
      maxPayload: 4 * MAX_FRAME_BYTES,
    })
    // A socket that was replaced may still speak; only the present one is heard.
    const dispatch = (event: LinkEvent) => {
      if (this.#socket === socket) this.#lifecycle.dispatch(event)
    }
    socket.on('open', () => dispatch({ type: 'opened' }))
    socket.on('pong', () => dispatch({ type: 'pong' }))
    socket.on('message', (data, isBinary) => {
      if (this.#socket === socket && !isBinary) this.#read(String(data))
    })
    socket.on('unexpected-response', (_request, response) =>
      dispatch({ type: 'refused', status: response.statusCode ?? 0 }),
    )
    socket.on('error', (error) => dispatch({ type: 'lost', reason: describeFailure(error) }))
    socket.on('close', (code, reason) =>
      dispatch({ type: 'lost', reason: `the cloud closed the connection (${code} ${String(reason)})` }),
    )
    return socket
  }

  #read(frame: string): void {
    const { log, receive } = this.#ports
    log('debug', 'cloud-frame', 'from the cloud', { frame: frameForLog(frame) })
    const parsed = parseToDevice(frame)
    if (!parsed.ok) {
      // [R8]
      log('warn', 'cloud-garbled', 'a message of the cloud is dropped', { detail: parsed.error.detail })
      return
    }
    const sorted = sortMessage(parsed.message)
    if (sorted.for === 'link') this.#lifecycle.dispatch(sorted.event)
    // [R38] Nobody has a right to see a device that no owner has claimed, whatever a stale function thinks.
    else if (sorted.for === 'request' || this.state().phase !== 'unpaired') receive(sorted.message)
  }

  #sayHello(conditions: Conditions): void {
    const { software, instance, labels } = this.#ports
    const cameras = conditions.map(({ name, state }) => {
      const label = labels.get(name)
      return { name, state, ...(label === undefined ? {} : { label }) }
    })
    const calls = this.#ports.calls().slice(0, MAX_NAMED_CALLS)
    const running = calls.length === 0 ? {} : { calls }
    this.#write({ type: 'hello', protocol: PROTOCOL_VERSION, software, instance, cameras, ...running })
  }

  #emptyOutbox(): void {
    for (const message of takeFrom(this.#outbox, this.#ports.clock.now())) this.#write(message)
    this.#outbox = onceSaid(this.#outbox)
  }

  #write(message: FromDevice): void {
    const frame = JSON.stringify(message)
    this.#ports.log('debug', 'cloud-frame', 'to the cloud', { frame: frameForLog(frame) })
    // A closing socket drops it: viewers repeat what opens a call, and the outbox keeps what ends one.
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame)
  }
}
