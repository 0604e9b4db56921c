import { GREET_AGAIN_MS } from '../../../protocol/connection-times.ts'
import { errorRule } from '../../../protocol/error-codes.ts'
import { assertNever } from '../assert-never.ts'
import type { CredentialAnswer } from './credential.ts'
import {
  type Attempt,
  FAILED_PAUSE_MS,
  HURRIED_EVERY_MS,
  HURRIED_TIMEOUT_MS,
  type LinkEffect,
  type LinkEvent,
  OPEN_TIMEOUT_MS,
  stopTimers,
  UNOPENED_PAUSE_MS,
  WELCOME_TIMEOUT_MS,
} from './link-state.ts'

/** A phone that slept in the middle of an attempt comes with a fresh token that is too old meanwhile, too. */
const MOST_RENEWALS = 2

export interface Moment {
  readonly now: number
  readonly isHurried: boolean
}

export interface AttemptGoing {
  readonly kind: 'going'
  readonly attempt: Attempt
  readonly effects: readonly LinkEffect[]
}

/** What becomes of an attempt. Only `going` leaves a socket and timers of its own. */
export type AttemptStep =
  | AttemptGoing
  /** `isStale`: what the welcome tells may not be the newest. */
  | { readonly kind: 'welcomed'; readonly isStale: boolean; readonly rollOverMs: number | undefined }
  /** Nobody is signed in. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly code: string; readonly action: 'sign-in' | 'stop' }

/** A hello that failed is said again within a second, as long as its welcome may still come in time. */
export function greetAgain(timer: 'greet-next' | 'greet-current'): LinkEffect {
  return { type: 'start-backoff', timer, attempt: 1, longestMs: FAILED_PAUSE_MS }
}

/** From a credential to a welcome. It takes what is of its own socket and timers. */
export function stepAttempt(attempt: Attempt, event: LinkEvent, moment: Moment): AttemptStep {
  switch (event.type) {
    case 'credential':
      return attempt.phase === 'authorizing' ? takeCredential(attempt, event.answer, moment) : keep(attempt)
    case 'opened':
      if (attempt.phase !== 'connecting') return keep(attempt)
      return going({ ...attempt, phase: 'greeting', asked: 'once' }, [
        { type: 'send-hello', on: 'next' },
        { type: 'start-timer', timer: 'attempt', ms: welcomeTimeoutMs(moment) },
        { type: 'start-timer', timer: 'greet-next', ms: GREET_AGAIN_MS },
      ])
    case 'welcome':
      if (attempt.phase !== 'greeting') return keep(attempt)
      return { kind: 'welcomed', isStale: attempt.asked === 'again', rollOverMs: event.rollOverMs }
    case 'refresh':
      return attempt.phase === 'greeting' ? keep({ ...attempt, asked: 'again' }) : keep(attempt)
    case 'closed':
      return attempt.phase === 'backoff' ? keep(attempt) : failAttempt(attempt, moment)
    case 'error':
      return takeError(attempt, event.code, moment)
    case 'timer':
      return takeTimer(attempt, event.timer, moment)
    case 'start':
    case 'stop':
    case 'wake':
    case 'heard':
      return keep(attempt)
    default:
      return assertNever(event)
  }
}

/** The credential is asked for at each attempt: it may have been renewed since, or have gone. */
export function begin(attempt: number, now: number, renewals = 0): AttemptGoing {
  return going({ phase: 'authorizing', attempt, renewals, since: now }, [
    ...DROP_ATTEMPT,
    { type: 'get-credential', renew: renewals > 0 },
  ])
}

/** After one that began at `since`. */
export function backOff(
  attempt: number,
  since: number,
  { now, isHurried }: Moment,
  longestMs = FAILED_PAUSE_MS,
): AttemptGoing {
  return going({ phase: 'backoff', attempt: attempt + 1 }, [
    ...DROP_ATTEMPT,
    isHurried
      ? { type: 'start-timer', timer: 'attempt', ms: Math.max(0, since + HURRIED_EVERY_MS - now) }
      : { type: 'start-backoff', timer: 'attempt', attempt, longestMs },
  ])
}

export function welcomeTimeoutMs({ isHurried }: Pick<Moment, 'isHurried'>): number {
  return isHurried ? HURRIED_TIMEOUT_MS : WELCOME_TIMEOUT_MS
}

const DROP_ATTEMPT: readonly LinkEffect[] = [
  { type: 'close-socket', on: 'next' },
  ...stopTimers('attempt', 'greet-next'),
]

function takeTimer(
  attempt: Attempt,
  timer: Extract<LinkEvent, { type: 'timer' }>['timer'],
  moment: Moment,
): AttemptStep {
  if (timer === 'attempt') {
    return attempt.phase === 'backoff' ? begin(attempt.attempt, moment.now) : failAttempt(attempt, moment)
  }
  if (timer !== 'greet-next' || attempt.phase !== 'greeting') return keep(attempt)
  return going(attempt, [
    { type: 'send-hello', on: 'next' },
    { type: 'start-timer', timer: 'greet-next', ms: GREET_AGAIN_MS },
  ])
}

/** An error of no call: it is about the connection, or answers the hello. */
function takeError(attempt: Attempt, code: string, moment: Moment): AttemptStep {
  if (attempt.phase === 'backoff') return keep(attempt)
  const { action, ends } = errorRule(code)
  if (ends !== 'connection' && attempt.phase !== 'greeting') return keep(attempt)
  switch (action) {
    case 'retry':
      if (ends === 'connection') return failAttempt(attempt, moment)
      return going(attempt, [greetAgain('greet-next')])
    case 'sign-in':
      // A fresh token may help against one that was too old. Against having signed out everywhere it must not: a
      // token that tells no `auth_time` would come back as if the person had signed in since.
      if (code === 'token-expired' && attempt.renewals < MOST_RENEWALS)
        return begin(attempt.attempt, moment.now, attempt.renewals + 1)
      return { kind: 'refused', code, action }
    case 'stop':
      return { kind: 'refused', code, action }
    default:
      return assertNever(action)
  }
}

function takeCredential(
  attempt: Attempt & { phase: 'authorizing' | 'connecting' },
  answer: CredentialAnswer,
  moment: Moment,
): AttemptStep {
  switch (answer.kind) {
    case 'credential':
      return going({ ...attempt, phase: 'connecting' }, [
        { type: 'open-socket', credential: answer.credential },
        {
          type: 'start-timer',
          timer: 'attempt',
          ms: moment.isHurried ? HURRIED_TIMEOUT_MS : OPEN_TIMEOUT_MS,
        },
      ])
    case 'none':
      return { kind: 'nobody' }
    case 'later':
      return failAttempt(attempt, moment)
    default:
      return assertNever(answer)
  }
}

function failAttempt(attempt: Exclude<Attempt, { phase: 'backoff' }>, moment: Moment): AttemptStep {
  const longestMs = attempt.phase === 'greeting' ? FAILED_PAUSE_MS : UNOPENED_PAUSE_MS
  return backOff(attempt.attempt, attempt.since, moment, longestMs)
}

function keep(attempt: Attempt): AttemptStep {
  return going(attempt, [])
}

export function going(attempt: Attempt, effects: readonly LinkEffect[]): AttemptGoing {
  return { kind: 'going', attempt, effects }
}
