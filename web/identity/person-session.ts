import { assertNever } from '../viewer/assert-never.ts'
import { backoffMs } from '../viewer/link/backoff.ts'
import { type Clock, Timers } from '../viewer/timers.ts'
import type { HeldToken, Issuer, Renewal } from './issuer.ts'
import type { SessionState, SignedOutWhy } from './session-state.ts'

/** A token with less than that left might be too old by the time it is read. */
export const ALMOST_OVER_MS = 60_000
/** Renewed so early, an issuer that is down for a while is noticed by nobody. */
export const EARLY_MS = 5 * 60_000
/** An issuer that could not be reached is asked again after 16 s at most, then after 30 s. */
const FIRST_ATTEMPT = 5

export type Token =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'later' }

interface PersonSessionPorts {
  readonly issuer: Issuer
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** Keeps why nobody is signed in. */
  readonly storage: Storage
  readonly changed: (state: SessionState) => void
}

const WHY_KEY = 'mihari.signed-out'
const REASONS: readonly SignedOutWhy[] = ['left', 'expired', 'signed-out']

/** The person before this browser: signs in and out, and has a token that is good whenever one is needed. */
export class PersonSession {
  readonly #ports: PersonSessionPorts
  readonly #timers: Timers<'renew'>
  #state: SessionState = { phase: 'checking' }
  #renewing: Promise<Renewal> | null = null
  /** The token for whose renewal the timer stands. */
  #early: string | null = null
  #attempt = 0
  /** Whether this page has been connected, or could have been: pictures may run. */
  #served = false

  constructor(ports: PersonSessionPorts) {
    this.#ports = ports
    this.#timers = new Timers(ports.clock, () => void this.#renewEarly())
  }

  /** With the address of who comes back from the issuer. */
  async open(address: string | null): Promise<void> {
    if (address === null) {
      this.#settle(this.#ports.issuer.stored())
      return
    }
    const finished = await this.#ports.issuer.finishSignIn(address)
    // An address that is opened again is refused, and whoever is signed in stays so.
    const held = finished.kind === 'held' ? finished.held : this.#ports.issuer.stored()
    if (held !== null) this.#hold(held)
    else if (finished.kind === 'refused') this.#set({ phase: 'failed', why: 'refused' })
    else this.#set({ phase: 'failed', why: 'issuer-unreachable' })
  }

  /** Another tab has signed in or out. */
  storedChanged(): void {
    const held = this.#ports.issuer.stored()
    const { phase } = this.#state
    if (held === null ? phase === 'signed-in' : phase === 'signed-out') this.#settle(held)
  }

  async signIn(): Promise<void> {
    if (this.#state.phase === 'redirecting') return
    this.#set({ phase: 'redirecting' })
    // Its session of before would give tokens of before, which are refused [R36].
    const again = this.#why() === 'signed-out'
    const outcome = await this.#ports.issuer.signIn(again)
    if (outcome === 'leaving') return
    this.#set({ phase: 'failed', why: outcome === 'refused' ? 'refused' : 'issuer-unreachable' })
  }

  /** On this device. */
  async signOut(): Promise<void> {
    this.#keepWhy('left')
    this.#set({ phase: 'redirecting' })
    if ((await this.#ports.issuer.signOut()) === 'stays') this.#set({ phase: 'signed-out', why: 'left' })
  }

  /** The cloud takes this person's tokens no more. */
  drop(why: SignedOutWhy): void {
    if (this.#state.phase === 'redirecting') return
    this.#keepWhy(why)
    this.#ports.issuer.forget()
    this.#set({ phase: 'signed-out', why })
  }

  /** `renew`: the last one was too old, whatever this browser's clock says. */
  async freshToken(renew: boolean): Promise<Token> {
    const held = this.#ports.issuer.stored()
    if (held === null) {
      this.storedChanged()
      return { kind: 'none' }
    }
    const left = held.goodUntil - this.#ports.clock.now()
    if (!renew && left >= ALMOST_OVER_MS) return this.#serve(held)
    const renewal = await this.#renew(held.token)
    switch (renewal.kind) {
      case 'held':
        this.#hold(renewal.held)
        return this.#serve(renewal.held)
      case 'refused':
        this.drop('expired')
        return { kind: 'none' }
      case 'unreachable':
        if (!renew && left > 0) return this.#serve(held)
        // A running picture needs no token: then the link alone says that it is down [R24].
        if (!this.#served) this.#set({ phase: 'failed', why: 'issuer-unreachable' })
        return { kind: 'later' }
      default:
        return assertNever(renewal)
    }
  }

  #serve({ token }: HeldToken): Token {
    this.#served = true
    return { kind: 'token', token }
  }

  #settle(held: HeldToken | null): void {
    if (held === null) this.#set({ phase: 'signed-out', why: this.#why() })
    else this.#hold(held)
  }

  #hold(held: HeldToken): void {
    this.#attempt = 0
    this.#ports.storage.removeItem(WHY_KEY)
    this.#set({ phase: 'signed-in', name: held.name })
    const left = held.goodUntil - this.#ports.clock.now()
    // By a clock that is far ahead a token is over at once: then it is renewed when it is needed.
    if (left <= ALMOST_OVER_MS) return
    this.#early = held.token
    this.#timers.start('renew', Math.max(left - EARLY_MS, left / 2))
  }

  async #renewEarly(): Promise<void> {
    const held = this.#ports.issuer.stored()
    if (held === null || this.#state.phase !== 'signed-in') return
    // Another tab was first: a browser lets the timers of those in the background wait for up to a minute.
    if (held.token !== this.#early) return this.#hold(held)
    const renewal = await this.#renew(held.token)
    if (this.#state.phase !== 'signed-in') return
    if (renewal.kind === 'held') this.#hold(renewal.held)
    // Refused, it is told when a token is needed: a picture that runs is not to end for that.
    if (renewal.kind !== 'unreachable' || held.goodUntil <= this.#ports.clock.now()) return
    this.#timers.start('renew', backoffMs(FIRST_ATTEMPT + this.#attempt, this.#ports.random()))
    this.#attempt += 1
  }

  /** Once at a time: an issuer may take a refresh token that comes twice for a stolen one. */
  async #renew(outdated: string): Promise<Renewal> {
    this.#renewing ??= this.#ports.issuer.renew(outdated)
    try {
      return await this.#renewing
    } finally {
      this.#renewing = null
    }
  }

  #why(): SignedOutWhy {
    const kept = this.#ports.storage.getItem(WHY_KEY)
    return REASONS.find((reason) => reason === kept) ?? 'fresh'
  }

  #keepWhy(why: SignedOutWhy): void {
    this.#ports.storage.setItem(WHY_KEY, why)
  }

  #set(state: SessionState): void {
    if (state.phase !== 'signed-in') this.#timers.stopAll()
    this.#state = state
    this.#ports.changed(state)
  }
}
