import type { Credential } from '../../protocol/credentials.ts'
import { errorRule } from '../../protocol/error-codes.ts'
import { assertNever } from './assert-never.ts'
import type { CredentialAnswer } from './credential.ts'
import type { Step } from './lifecycle.ts'

/** API Gateway closes a connection that was idle for ten minutes [R28]. */
export const HELLO_INTERVAL_MS = 9 * 60_000
export const OPEN_TIMEOUT_MS = 10_000
export const WELCOME_TIMEOUT_MS = 10_000
/** A socket that was quiet for longer is asked whether it still lives when the page or the network wakes. */
export const QUIET_MS = 30_000

/** Whether a welcome is awaited, and another is to follow because that one may not tell the newest. */
type Asked = 'no' | 'once' | 'again'

export type LinkState =
  | { readonly phase: 'idle' }
  /** Waits for a credential. */
  | { readonly phase: 'authorizing'; readonly attempt: number; readonly renewed: boolean }
  | { readonly phase: 'connecting'; readonly attempt: number; readonly renewed: boolean }
  | {
      readonly phase: 'greeting'
      readonly attempt: number
      readonly renewed: boolean
      readonly asked: Asked
    }
  | { readonly phase: 'welcomed'; readonly heardAt: number; readonly asked: Asked }
  | { readonly phase: 'backoff'; readonly attempt: number }
  /** Nobody is signed in: the session says why. Rests until somebody is. */
  | { readonly phase: 'signed-out' }
  | { readonly phase: 'refused'; readonly code: string }

export type LinkTimer = 'open' | 'welcome' | 'hello' | 'retry'

export type LinkEvent =
  | { readonly type: 'start' | 'stop' | 'opened' | 'closed' }
  | { readonly type: 'welcome' | 'heard' | 'wake'; readonly now: number }
  /** Something is missing that only a welcome tells. */
  | { readonly type: 'refresh' }
  | { readonly type: 'credential'; readonly answer: CredentialAnswer }
  | { readonly type: 'error'; readonly code: string }
  | { readonly type: 'timer'; readonly timer: LinkTimer }

export type LinkEffect =
  | { readonly type: 'get-credential'; readonly renew: boolean }
  | { readonly type: 'credential-refused'; readonly code: string }
  | { readonly type: 'open-socket'; readonly credential: Credential }
  | { readonly type: 'close-socket' | 'send-hello' | 'stop-timers' }
  | { readonly type: 'start-timer'; readonly timer: LinkTimer; readonly ms: number }
  | { readonly type: 'stop-timer'; readonly timer: LinkTimer }
  | { readonly type: 'start-backoff'; readonly attempt: number }

type LinkStep = Step<LinkState, LinkEffect>

export function stepLink(state: LinkState, event: LinkEvent): LinkStep {
  switch (event.type) {
    case 'start':
      return isAtRest(state) ? authorize(0) : stay(state)
    case 'stop':
      return { state: { phase: 'idle' }, effects: PUT_AWAY }
    case 'credential':
      return state.phase === 'authorizing' ? takeCredential(state, event.answer) : stay(state)
    case 'opened':
      if (state.phase !== 'connecting') return stay(state)
      return {
        state: { ...state, phase: 'greeting', asked: 'once' },
        effects: [{ type: 'stop-timer', timer: 'open' }, ...HELLO],
      }
    case 'welcome':
      return state.phase === 'greeting' || state.phase === 'welcomed' ? settle(state, event.now) : stay(state)
    case 'heard':
      return state.phase === 'welcomed' ? stay({ ...state, heardAt: event.now }) : stay(state)
    case 'wake':
      if (state.phase === 'backoff') return authorize(state.attempt)
      if (state.phase === 'welcomed' && event.now - state.heardAt >= QUIET_MS) return greetAgain(state)
      return stay(state)
    case 'refresh':
      if (state.phase !== 'greeting' && state.phase !== 'welcomed') return stay(state)
      return state.asked === 'no' ? greetAgain(state) : stay({ ...state, asked: 'again' })
    case 'closed':
      return lose(state)
    case 'error':
      return takeError(state, event.code)
    case 'timer':
      return takeTimer(state, event.timer)
    default:
      return assertNever(event)
  }
}

/** Whether messages can be sent. */
export function isUp(state: LinkState): boolean {
  return state.phase === 'welcomed'
}

function takeTimer(state: LinkState, timer: LinkTimer): LinkStep {
  switch (timer) {
    case 'open':
    case 'welcome':
      return lose(state)
    case 'hello':
      return state.phase === 'welcomed' ? greetAgain(state) : stay(state)
    case 'retry':
      return state.phase === 'backoff' ? authorize(state.attempt) : stay(state)
    default:
      return assertNever(timer)
  }
}

/** An error that is about no call: it is about the connection, or answers the hello. */
function takeError(state: LinkState, code: string): LinkStep {
  if (isAtRest(state)) return stay(state)
  const { action, ends } = errorRule(code)
  if (ends !== 'connection' && state.phase !== 'greeting') return stay(state)
  switch (action) {
    case 'retry':
      return lose(state)
    case 'sign-in':
      return signInAgain(state, code)
    case 'stop':
      return { state: { phase: 'refused', code }, effects: PUT_AWAY }
    default:
      return assertNever(action)
  }
}

/**
 * One fresh token may help against one that was too old. Against having signed out everywhere it must not: a token
 * that tells no `auth_time` would come back as if the person had signed in since.
 */
function signInAgain(state: LinkState, code: string): LinkStep {
  const renewed = 'renewed' in state && state.renewed
  if (code === 'token-expired' && !renewed) {
    return authorize('attempt' in state ? state.attempt : 0, true)
  }
  return { state: { phase: 'signed-out' }, effects: [...PUT_AWAY, { type: 'credential-refused', code }] }
}

/** The credential is asked for at each attempt: it may have been renewed since, or have gone. */
function authorize(attempt: number, renew = false): LinkStep {
  return {
    state: { phase: 'authorizing', attempt, renewed: renew },
    effects: [...PUT_AWAY, { type: 'get-credential', renew }],
  }
}

function takeCredential(
  state: Extract<LinkState, { phase: 'authorizing' }>,
  answer: CredentialAnswer,
): LinkStep {
  switch (answer.kind) {
    case 'credential':
      return {
        state: { ...state, phase: 'connecting' },
        effects: [
          { type: 'open-socket', credential: answer.credential },
          { type: 'start-timer', timer: 'open', ms: OPEN_TIMEOUT_MS },
        ],
      }
    case 'none':
      return stay({ phase: 'signed-out' })
    case 'later':
      return lose(state)
    default:
      return assertNever(answer)
  }
}

/** Nothing happens by itself. */
function isAtRest(
  state: LinkState,
): state is Extract<LinkState, { phase: 'idle' | 'signed-out' | 'refused' }> {
  return state.phase === 'idle' || state.phase === 'signed-out' || state.phase === 'refused'
}

/** The attempts are counted anew from every welcome. */
function lose(state: LinkState): LinkStep {
  if (isAtRest(state) || state.phase === 'backoff') return stay(state)
  const attempt = state.phase === 'welcomed' ? 0 : state.attempt
  return {
    state: { phase: 'backoff', attempt: attempt + 1 },
    effects: [...PUT_AWAY, { type: 'start-backoff', attempt }],
  }
}

function settle(state: Extract<LinkState, { phase: 'greeting' | 'welcomed' }>, now: number): LinkStep {
  const welcomed = { phase: 'welcomed', heardAt: now, asked: 'no' } as const
  if (state.asked === 'again') return greetAgain(welcomed)
  return {
    state: welcomed,
    effects: [
      { type: 'stop-timer', timer: 'welcome' },
      { type: 'start-timer', timer: 'hello', ms: HELLO_INTERVAL_MS },
    ],
  }
}

function greetAgain<State extends Extract<LinkState, { asked: Asked }>>(state: State): LinkStep {
  return state.asked === 'no' ? { state: { ...state, asked: 'once' }, effects: HELLO } : stay(state)
}

const PUT_AWAY: readonly LinkEffect[] = [{ type: 'close-socket' }, { type: 'stop-timers' }]

const HELLO: readonly LinkEffect[] = [
  { type: 'send-hello' },
  { type: 'start-timer', timer: 'welcome', ms: WELCOME_TIMEOUT_MS },
]

function stay(state: LinkState): LinkStep {
  return { state, effects: [] }
}
