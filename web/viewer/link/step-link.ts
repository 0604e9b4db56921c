import { GREET_AGAIN_MS, OLD_QUIET_MS } from '../../../protocol/connection-times.ts'
import { errorRule } from '../../../protocol/error-codes.ts'
import { assertNever } from '../assert-never.ts'
import {
  isAttempt,
  type Link,
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type LinkStep,
  stopTimers,
  type Welcomed,
} from './link-state.ts'
import { backOff, begin, greetAgain, type Moment, stepAttempt } from './step-attempt.ts'
import { isRollingOver, rollOver, stepNext } from './step-next.ts'
import { wake } from './step-wake.ts'
import { endsStanding, greet, refuse, rest, settle, welcomeAgain } from './step-welcomed.ts'

type OnSocket = Extract<LinkEvent, { on: unknown }>

/** The page's link to the cloud. Of a socket that was closed here nothing is heard. */
export function stepLink(link: Link, event: LinkEvent, now: number): LinkStep {
  const moment: Moment = { now, isHurried: now < link.hurryUntil }
  switch (event.type) {
    case 'start':
      return isAtRest(link.state) ? startOver(link, now) : stay(link)
    case 'stop':
      return rest({ ...link, hurryUntil: 0 }, { phase: 'idle' })
    case 'wake':
      return isAtRest(link.state) ? stay(link) : wake(link, event.cause, now)
    case 'refresh':
      return refresh(link, moment)
    case 'credential':
      return stepTrying(link, event, moment)
    case 'timer':
      return takeTimer(link, event, moment)
    case 'opened':
    case 'closed':
    case 'heard':
    case 'welcome':
    case 'error':
      if (event.on === 'next') return stepTrying(link, event, moment)
      if (event.on === 'old') return takeFromOld(link, event)
      return link.state.phase === 'welcomed' ? takeFromCurrent(link, link.state, event, moment) : stay(link)
    default:
      return assertNever(event)
  }
}

/** While a connection is up, what is about an attempt is about the next one. */
function stepTrying(link: Link, event: LinkEvent, moment: Moment): LinkStep {
  if (isRollingOver(link)) return stepNext(link, event, moment)
  if (!isAttempt(link.state)) return stay(link)
  const step = stepAttempt(link.state, event, moment)
  switch (step.kind) {
    case 'going':
      if (step.attempt === link.state && step.effects.length === 0) return stay(link)
      return { state: { ...link, state: step.attempt }, effects: step.effects }
    case 'welcomed':
      return settle(step, moment)
    case 'nobody':
      return rest(link, { phase: 'signed-out' })
    case 'refused':
      return refuse(link, step)
    default:
      return assertNever(step)
  }
}

function takeFromCurrent(link: Link, state: Welcomed, event: OnSocket, moment: Moment): LinkStep {
  switch (event.type) {
    case 'opened':
      return stay(link)
    case 'heard':
      return stay({ ...link, state: { ...state, heardAt: moment.now } })
    case 'welcome':
      return welcomeAgain(link, event.rollOverMs, moment)
    case 'closed':
      return lose(link, moment)
    case 'error':
      return takeError(link, state, event.code, moment)
    default:
      return assertNever(event)
  }
}

/** An error that is about no call: it is about the connection, or answers a hello. */
function takeError(link: Link, state: Welcomed, code: string, moment: Moment): LinkStep {
  const { action, ends } = errorRule(code)
  if (ends !== 'connection') {
    if (action !== 'retry' || state.asked === 'no') return stay(link)
    return { state: link, effects: [greetAgain('greet-current')] }
  }
  if (action === 'retry') return lose(link, moment)
  if (code === 'token-expired') return startOver(link, moment.now, 1)
  return refuse(link, { code, action })
}

/** Its last words still count [R46]; its welcomes do not, for the current one has had a newer. */
function takeFromOld(link: Link, event: OnSocket): LinkStep {
  switch (event.type) {
    case 'heard':
      return { state: link, effects: [{ type: 'start-timer', timer: 'old-quiet', ms: OLD_QUIET_MS }] }
    case 'closed':
      return { state: link, effects: DROP_OLD }
    case 'error': {
      const { action } = errorRule(event.code)
      if (action === 'retry' || !endsStanding(event.code)) return stay(link)
      return refuse(link, { code: event.code, action })
    }
    case 'opened':
    case 'welcome':
      return stay(link)
    default:
      return assertNever(event)
  }
}

function takeTimer(link: Link, event: Extract<LinkEvent, { type: 'timer' }>, moment: Moment): LinkStep {
  const { state } = link
  switch (event.timer) {
    case 'attempt':
    case 'greet-next':
      return stepTrying(link, event, moment)
    case 'welcome':
      return state.phase === 'welcomed' ? lose(link, moment) : stay(link)
    case 'hello':
      return greet(link, moment)
    case 'greet-current':
      if (state.phase !== 'welcomed' || state.asked === 'no') return stay(link)
      return {
        state: link,
        effects: [
          { type: 'send-hello', on: 'current' },
          { type: 'start-timer', timer: 'greet-current', ms: GREET_AGAIN_MS },
        ],
      }
    case 'roll-over':
      return state.phase === 'welcomed' && link.next === null ? rollOver(link, moment.now) : stay(link)
    case 'old-quiet':
    case 'old-limit':
      return { state: link, effects: DROP_OLD }
    default:
      return assertNever(event.timer)
  }
}

/** The newest welcome that is on its way may be older than what is asked for. */
function refresh(link: Link, moment: Moment): LinkStep {
  const { state, next } = link
  if (state.phase !== 'welcomed' || next?.phase === 'greeting') {
    return stepTrying(link, { type: 'refresh' }, moment)
  }
  return state.asked === 'no' ? greet(link, moment) : stay({ ...link, state: { ...state, asked: 'again' } })
}

/** The next connection is as good as any other attempt, but one that waits would have waited for the wrong thing. */
function lose(link: Link, moment: Moment): LinkStep {
  const { next } = link
  if (next !== null && next.phase !== 'backoff') {
    return { state: { ...link, state: next, next: null }, effects: DROP_WELCOMED }
  }
  const { attempt, effects } = backOff(0, 0, moment)
  return { state: { ...link, state: attempt, next: null }, effects: [...DROP_WELCOMED, ...effects] }
}

function startOver(link: Link, now: number, renewals = 0): LinkStep {
  const { attempt, effects } = begin(0, now, renewals)
  return { state: { ...link, state: attempt, next: null }, effects: [...DROP_WELCOMED, ...effects] }
}

/** Nothing happens by itself. */
function isAtRest({ phase }: LinkState): boolean {
  return phase === 'idle' || phase === 'signed-out' || phase === 'refused'
}

const DROP_OLD: readonly LinkEffect[] = [
  { type: 'close-socket', on: 'old' },
  ...stopTimers('old-quiet', 'old-limit'),
]

const DROP_WELCOMED: readonly LinkEffect[] = [
  { type: 'close-socket', on: 'current' },
  ...stopTimers('hello', 'welcome', 'greet-current', 'roll-over'),
  ...DROP_OLD,
]

function stay(link: Link): LinkStep {
  return { state: link, effects: [] }
}
