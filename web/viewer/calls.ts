import type { Alive } from '../../protocol/alive.ts'
import type { ToViewer } from '../../protocol/directions.ts'
import type { ErrorMessage } from '../../protocol/error.ts'
import { isLive } from './call/call-effects.ts'
import { CallSession, type CallSessionPorts } from './call/call-session.ts'
import type { CallEvent, CallState } from './call/call-state.ts'
import type { LocalFailure } from './call/failure.ts'
import type { Cameras } from './cameras.ts'
import { type KeptCalls, keptOf } from './kept-calls.ts'
import { endingOf } from './regain/call-ending.ts'
import { RegainSession } from './regain/regain-session.ts'
import { type Around, isLost, type RegainEvent, type RegainState } from './regain/regain-state.ts'
import { Timers } from './timers.ts'
import { withNewest } from './with-newest.ts'

/** Of one that is over, and older than so many, nobody is told any more that it is watched. */
const MOST_PLACED = 256
/**
 * The word that a camera is away may have been the last one before this page's own line went, and then it is waited
 * for a word that cannot come.
 */
const DOUBT_AFTER_LOSS_MS = 5_000

interface CallsPorts extends Omit<CallSessionPorts, 'changed'> {
  readonly freshId: () => string
  /** In [0, 1). */
  readonly random: () => number
  /** Whether this browser knows whose camera it is [R43]. */
  readonly mayCall: (camera: string) => boolean
  readonly changed: (calls: ReadonlyMap<string, CallState>, regains: ReadonlyMap<string, RegainState>) => void
  readonly keep: (calls: KeptCalls) => void
  /** The line of this page may have gone, of which nobody need have told. */
  readonly doubtLink: () => void
}

type CallMessage = Extract<ToViewer, { type: 'offer' | 'candidates' | 'hangup' }>

interface Line {
  readonly session: CallSession
  readonly regain: RegainSession
}

/** One page's calls: at most one for each camera at a time, made again when its picture is lost. */
export class Calls {
  readonly #ports: CallsPorts
  readonly #lines = new Map<string, Line>()
  readonly #timers: Timers<'doubt'>
  /** The newest calls of this page, also those that are over. */
  #placed: ReadonlySet<string> = new Set()
  #around: Omit<Around, 'now' | 'camera'> = { linkUp: false, looked: true }
  #cameras: Cameras = new Map()
  /** The page is being left: what it had is kept as it was. */
  #stopped = false

  constructor(ports: CallsPorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, () => ports.doubtLink())
  }

  /** By the person. */
  place(camera: string, takeOver: boolean, linkUp: boolean): void {
    const { session, regain } = this.#line(camera)
    if (isLive(session.state)) return
    const replaces = isLost(regain.state) ? regain.state.lost : undefined
    regain.dispatch({ type: 'placed' })
    session.dispatch({ type: 'place', call: this.#freshCall(), camera, takeOver, replaces, linkUp })
  }

  distrust(camera: string, code: LocalFailure): void {
    this.#line(camera).session.dispatch({ type: 'distrust', call: this.#ports.freshId(), camera, code })
  }

  leave(camera: string): void {
    const { session, regain } = this.#line(camera)
    regain.dispatch({ type: 'left' })
    session.dispatch({ type: 'leave' })
  }

  leaveAll(): void {
    for (const camera of this.#lines.keys()) this.leave(camera)
  }

  /** What pages before this one had, in the same tab. */
  regain({ going }: KeptCalls): void {
    for (const [camera, call] of going) {
      this.#notePlaced(call)
      this.#line(camera).regain.dispatch({ type: 'kept', call })
    }
  }

  /** Hangs up everything. Should the page come back, it calls again. */
  stop(): void {
    this.#stopped = true
    for (const { session, regain } of this.#lines.values()) {
      if (regain.state.phase === 'off') session.dispatch({ type: 'leave' })
      else regain.dispatch({ type: 'put-away' })
    }
  }

  /** By the page, in the video element of the call. */
  seen(call: string, type: 'first-frame' | 'play-blocked'): void {
    this.#sessionOf(call)?.dispatch({ type })
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

  /** Null when the call is none of this page's. */
  cameraOf(call: string): string | null {
    const state = this.#sessionOf(call)?.state
    return state === undefined || state.phase === 'idle' ? null : state.camera
  }

  tellAll(event: CallEvent): void {
    for (const { session } of this.#lines.values()) session.dispatch(event)
    if (event.type !== 'link-up' && event.type !== 'link-down') return
    this.#around = { ...this.#around, linkUp: event.type === 'link-up' }
    if (event.type === 'link-up') this.#stopped = false
    this.#tellRegains({ type: 'link' })
  }

  seeCameras(cameras: Cameras): void {
    this.#cameras = cameras
    this.#tellRegains({ type: 'presence' })
  }

  /** Whether somebody looks at the page: a camera is not to be kept busy for nobody. */
  look(looked: boolean): void {
    if (looked === this.#around.looked) return
    this.#around = { ...this.#around, looked }
    this.#tellRegains({ type: 'look' })
  }

  networkChanged(): void {
    for (const { session } of this.#lines.values()) session.networkChanged()
    this.#tellRegains({ type: 'network' })
  }

  isOwn(call: string): boolean {
    return this.#placed.has(call) || this.#sessionOf(call) !== undefined
  }

  #line(camera: string): Line {
    const known = this.#lines.get(camera)
    if (known !== undefined) return known
    const session = new CallSession({
      ...this.#ports,
      changed: (state) => this.#sessionChanged(camera, state),
    })
    const regain = new RegainSession({
      clock: this.#ports.clock,
      random: this.#ports.random,
      around: () => this.#aroundOf(camera),
      place: (replaces) => this.#placeInstead(camera, replaces),
      release: (reason) => session.dispatch({ type: 'release', reason }),
      changed: () => this.#changed(),
    })
    const line: Line = { session, regain }
    this.#lines.set(camera, line)
    return line
  }

  #sessionChanged(camera: string, state: CallState): void {
    const { regain } = this.#line(camera)
    if (mayBeTheLine(state)) this.#ports.doubtLink()
    if (state.phase === 'playing') regain.dispatch({ type: 'picture', call: state.call })
    if (state.phase === 'failed' && isWorthAnother(state)) {
      this.#placeInstead(camera, state.call)
      return
    }
    if (state.phase === 'ended' || state.phase === 'failed') {
      const hadPicture = regain.state.phase === 'holding'
      regain.dispatch({ type: 'over', ending: endingOf(state) })
      if (hadPicture && isLost(regain.state)) this.#timers.start('doubt', DOUBT_AFTER_LOSS_MS)
    }
    this.#changed()
  }

  #placeInstead(camera: string, replaces: string): void {
    const { session } = this.#line(camera)
    const { linkUp } = this.#around
    session.dispatch({ type: 'place', call: this.#freshCall(), camera, takeOver: false, replaces, linkUp })
  }

  #aroundOf(camera: string): Around {
    const known = this.#cameras.get(camera)?.state ?? 'unknown'
    const barred = known !== 'unknown' && !this.#ports.mayCall(camera)
    return { ...this.#around, now: this.#ports.clock.now(), camera: barred ? 'barred' : known }
  }

  #tellRegains(event: RegainEvent): void {
    for (const { regain } of this.#lines.values()) regain.dispatch(event)
  }

  #freshCall(): string {
    const call = this.#ports.freshId()
    this.#notePlaced(call)
    return call
  }

  #notePlaced(call: string): void {
    this.#placed = withNewest(this.#placed, call, MOST_PLACED)
  }

  #sessionOf(call: string): CallSession | undefined {
    const lines = [...this.#lines.values()]
    return lines.find(({ session: { state } }) => 'call' in state && state.call === call)?.session
  }

  #changed(): void {
    const lines = [...this.#lines]
    this.#ports.changed(
      new Map(lines.map(([camera, { session }]) => [camera, session.state])),
      new Map(lines.map(([camera, { regain }]) => [camera, regain.state])),
    )
    if (this.#stopped) return
    const states = lines.map(([camera, { session, regain }]) => {
      return [camera, { state: session.state, regain: regain.state }] as const
    })
    this.#ports.keep(keptOf(new Map(states)))
  }
}

/** Rather than the camera's. */
function mayBeTheLine(state: CallState): boolean {
  if (state.phase === 'failed') return state.failure.code === 'media-lost'
  return state.phase === 'interrupted' || (state.phase === 'calling' && state.progress === 'slow')
}

/** Another try cures the browser, if anything does. Of a picture that was there before, the regaining sees to that. */
function isWorthAnother({ failure, replaces }: Extract<CallState, { phase: 'failed' }>): boolean {
  return failure.code === 'browser-stuck' && replaces === undefined
}
