import {
  type Attempt,
  BURST_MS,
  DOUBT_MS,
  HURRIED_TIMEOUT_MS,
  HURRY_MS,
  isAttempt,
  type Link,
  type LinkStep,
  QUIET_MS,
  type WakeCause,
  YOUNG_ATTEMPT_MS,
} from './link-state.ts'
import { type AttemptGoing, begin, going } from './step-attempt.ts'
import { isRollingOver, rollOver } from './step-next.ts'
import { greet } from './step-welcomed.ts'

/**
 * A socket that has died with the network says nothing, and a hello on it would be waited for in vain: another is
 * opened at once, and the one that there is goes on if it can.
 */
export function wake(link: Link, cause: WakeCause, now: number): LinkStep {
  if (cause === 'doubt') return doubt(link, now)
  const hurried = hurry(link, now)
  if (isRollingOver(link)) {
    const { attempt, effects } = hasten(link.next, cause, now)
    return { state: { ...hurried, next: attempt }, effects }
  }
  const { state } = link
  if (isAttempt(state)) {
    const { attempt, effects } = hasten(state, cause, now)
    return { state: { ...hurried, state: attempt }, effects }
  }
  if (state.phase !== 'welcomed') return { state: link, effects: [] }
  if (cause === 'visible') {
    return now - state.heardAt >= QUIET_MS ? rollOver(hurried, now) : { state: link, effects: [] }
  }
  return now - link.welcomedAt < BURST_MS ? greet(hurried, { isHurried: true }) : rollOver(hurried, now)
}

/** What the page does not know to be dead goes on beside the next one. */
function doubt(link: Link, now: number): LinkStep {
  const { state, welcomedAt } = link
  const isProven = state.phase !== 'welcomed' || now - state.heardAt < DOUBT_MS || now - welcomedAt < BURST_MS
  return isProven || isRollingOver(link) ? { state: link, effects: [] } : rollOver(hurry(link, now), now)
}

function hurry(link: Link, now: number): Link {
  return { ...link, hurryUntil: now + HURRY_MS }
}

/** An attempt of before may hang for as long as its timeout: it is made anew, and a young one is given less time. */
function hasten(attempt: Attempt, cause: 'visible' | 'network', now: number): AttemptGoing {
  if (attempt.phase === 'backoff') return begin(0, now)
  const youngMs = cause === 'network' ? YOUNG_ATTEMPT_MS : HURRIED_TIMEOUT_MS
  if (now - attempt.since > youngMs) return begin(0, now)
  if (attempt.phase === 'authorizing') return going(attempt, [])
  return going(attempt, [{ type: 'start-timer', timer: 'attempt', ms: HURRIED_TIMEOUT_MS }])
}
