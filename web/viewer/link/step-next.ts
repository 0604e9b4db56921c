import { OLD_LIMIT_MS, OLD_QUIET_MS } from '../../../protocol/connection-times.ts'
import { assertNever } from '../assert-never.ts'
import {
  type Attempt,
  type Link,
  type LinkEffect,
  type LinkEvent,
  type LinkStep,
  stopTimers,
  type Welcomed,
} from './link-state.ts'
import { backOff, begin, type Moment, stepAttempt } from './step-attempt.ts'
import { endsStanding, greet, refuse, settle } from './step-welcomed.ts'

/** A link that is up, and the attempt at the connection that is to take over [R46]. */
export interface RollingOver extends Link {
  readonly state: Welcomed
  readonly next: Attempt
}

export function isRollingOver(link: Link): link is RollingOver {
  return link.next !== null
}

export function rollOver(link: Link, now: number): LinkStep {
  const { attempt, effects } = begin(0, now)
  return { state: { ...link, next: attempt }, effects: [...stopTimers('roll-over'), ...effects] }
}

/** Whatever becomes of it, the link that is up goes on until the gateway ends it, or the person's standing is over. */
export function stepNext(link: RollingOver, event: LinkEvent, moment: Moment): LinkStep {
  const step = stepAttempt(link.next, event, moment)
  switch (step.kind) {
    case 'going': {
      if (step.attempt === link.next && step.effects.length === 0) return { state: link, effects: [] }
      const failed = step.attempt.phase === 'backoff' && link.next.phase !== 'backoff'
      const going = { ...link, next: step.attempt }
      return failed ? doubt(going, step.effects, moment) : { state: going, effects: step.effects }
    }
    case 'welcomed':
      return takeOver(step, moment)
    case 'nobody':
      return tryLater(link, moment)
    case 'refused':
      return endsStanding(step.code) ? refuse(link, step) : tryLater(link, moment)
    default:
      return assertNever(step)
  }
}

/** The moment has come already: given up, it would be due again with the very next welcome. */
function tryLater(link: RollingOver, moment: Moment): LinkStep {
  const { attempt, effects } = backOff(link.next.attempt, moment.now, moment)
  return doubt({ ...link, next: attempt }, effects, moment)
}

/** What keeps the next from coming may have ended the current one, which then would be believed in vain. */
function doubt(link: Link, effects: readonly LinkEffect[], moment: Moment): LinkStep {
  const doubted = greet(link, moment)
  return { state: doubted.state, effects: [...effects, ...doubted.effects] }
}

function takeOver(
  welcome: { readonly isStale: boolean; readonly rollOverMs: number | undefined },
  moment: Moment,
): LinkStep {
  const settled = settle(welcome, moment)
  return {
    state: settled.state,
    effects: [
      ...settled.effects,
      { type: 'start-timer', timer: 'old-quiet', ms: OLD_QUIET_MS },
      { type: 'start-timer', timer: 'old-limit', ms: OLD_LIMIT_MS },
      { type: 'tell-moved' },
    ],
  }
}
