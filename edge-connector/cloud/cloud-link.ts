import type { FromDevice } from '../../protocol/directions.ts'
import { parseToDevice } from '../../protocol/frame.ts'
import { gatewayFailure } from '../../protocol/gateway-failure.ts'
import type { DeviceHello } from '../../protocol/hello.ts'
import type { DeviceRequest } from '../../protocol/request.ts'
import type { CallMessage } from '../calls/call-message.ts'
import type { Clock } from '../clock/clock.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { runLifecycle } from '../lifecycle/run-lifecycle.ts'
import type { Log } from '../log/log.ts'
import { describeOffset } from './cloud-time.ts'
import { frameForLog } from './frame-for-log.ts'
import { Lines } from './lines.ts'
import {
  type Conditions,
  INITIAL_LINK,
  type LineEvent,
  type LinkEffect,
  type LinkEvent,
  type LinkStanding,
  type LinkState,
  type LinkTimer,
  type Which,
} from './link-state.ts'
import { makeHello } from './make-hello.ts'
import { EMPTY_OUTBOX, onceSaid, putInto, takeFrom } from './outbox.ts'
import { type Received, sortMessage } from './sort-message.ts'
import { stepLink } from './step-link.ts'

export interface CloudLinkPorts {
  readonly url: string
  /** The device's credential for one connection, made at that moment. */
  readonly token: () => string
  readonly instance: string
  readonly software: DeviceHello['software']
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
  /** Another program with the same key has come: this one is to stop. */
  readonly replaced: () => void
  /** The cloud has told its time, in epoch ms; returns by how much this device was behind. */
  readonly setTime: (now: number) => number
}

/** Performs what `stepLink` decides, on real sockets. */
export class CloudLink {
  readonly #ports: CloudLinkPorts
  readonly #lifecycle
  readonly #lines: Lines
  #outbox = EMPTY_OUTBOX
  #sequence = 0
  /** By the last hello before the first welcome; null: this has been welcomed. */
  #named: readonly string[] | null = []

  constructor(ports: CloudLinkPorts) {
    this.#ports = ports
    this.#lifecycle = runLifecycle<LinkState, LinkEvent, LinkEffect, LinkTimer>({
      initial: INITIAL_LINK,
      clock: ports.clock,
      step: (state, event) => stepLink(state, event, { now: ports.clock.now(), random: ports.random() }),
      perform: (effect) => this.#perform(effect),
    })
    this.#lines = new Lines({
      ...{ url: ports.url, token: ports.token, clock: ports.clock },
      became: (which, event) => this.#dispatch(which, event),
      heard: (from, frame) => this.#read(from, frame),
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

  /** Resolves when what was sent is out and the sockets are closed, or after half a second. */
  stop(): Promise<void> {
    this.#lifecycle.dispatch({ type: 'stop' })
    return this.#lines.closed()
  }

  #perform(effect: LinkEffect): void {
    const { log } = this.#ports
    switch (effect.type) {
      case 'connect':
        this.#lines.connect(effect.which)
        return
      case 'say-hello':
        this.#sayHello(effect.which, effect.conditions)
        return
      case 'drop-socket':
        this.#lines.drop(effect.which)
        return
      case 'roll-over':
        log('info', 'cloud-next', 'the next connection to the cloud has taken over')
        this.#lines.rollOver()
        this.#emptyOutbox()
        return
      case 'fall-over':
        this.#lines.fallOver()
        return
      case 'close-sockets':
        this.#lines.close()
        return
      case 'end-calls':
        this.#ports.ended(effect.calls)
        return
      case 'send-status':
        this.#write({ type: 'status', cameras: [...effect.conditions], sequence: this.#count() })
        return
      case 'say-ends-again':
        this.#emptyOutbox()
        return
      case 'ping':
        this.#lines.ping()
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
        this.#lookForEarlyCalls()
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

  #read(from: Which | 'older', frame: string): void {
    const { log, receive } = this.#ports
    log('debug', 'cloud-frame', 'from the cloud', { frame: frameForLog(frame) })
    const parsed = parseToDevice(frame)
    if (!parsed.ok) {
      const failure = gatewayFailure(frame)
      // [R8]
      if (failure === null) {
        log('warn', 'cloud-garbled', 'a message of the cloud is dropped', { detail: parsed.error.detail })
      } else this.#dispatch(from, { type: 'complaint', code: 'internal', detail: failure, now: undefined })
      return
    }
    const sorted = sortMessage(parsed.message)
    if (sorted.for === 'link') this.#dispatch(from, sorted.event)
    // [R38] Nobody has a right to see a device that no owner has claimed, whatever a stale function thinks.
    else if (sorted.for === 'request' || this.state().phase !== 'unpaired') receive(sorted.message)
  }

  #dispatch(from: Which | 'older', event: LineEvent): void {
    if (from === 'next') this.#lifecycle.dispatch({ type: 'next', event })
    else if (from === 'present') this.#lifecycle.dispatch(event)
    // [R24] [R5] What holds wherever it is heard; the rest is no longer a matter of an older connection.
    else if (event.type === 'welcomed') this.#ports.ended(event.ended)
    else if (event.type === 'complaint' && event.code === 'replaced') this.#lifecycle.dispatch(event)
  }

  #sayHello(which: Which, conditions: Conditions): void {
    const { software, instance, labels, calls } = this.#ports
    const sequence = this.#count()
    const named = calls()
    if (this.#named !== null) this.#named = named
    this.#write(makeHello({ software, instance, labels, calls: named, conditions, sequence }), which)
  }

  #lookForEarlyCalls(): void {
    const named = this.#named
    if (named === null) return
    this.#named = null
    const isEarly = (call: string) => !named.includes(call)
    if (this.#ports.calls().some(isEarly)) this.#lifecycle.dispatch({ type: 'early-calls' })
  }

  /** [R50] */
  #count(): number {
    this.#sequence += 1
    return this.#sequence
  }

  /** Ends of calls among it that were said before: they may have gone into a dead line. */
  #emptyOutbox(): void {
    for (const message of takeFrom(this.#outbox, this.#ports.clock.now())) this.#write(message)
    this.#outbox = onceSaid(this.#outbox)
  }

  #write(message: FromDevice, which: Which = 'present'): void {
    const frame = JSON.stringify(message)
    this.#ports.log('debug', 'cloud-frame', 'to the cloud', { frame: frameForLog(frame) })
    this.#lines.say(which, frame)
  }
}
