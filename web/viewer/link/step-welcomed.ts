import { GREET_AGAIN_MS, IDLE_LIMIT_MS } from '../../../protocol/connection-times.ts'
import { type Link, type LinkEffect, type LinkState, type LinkStep, stopTimers } from './link-state.ts'
import { type Moment, welcomeTimeoutMs } from './step-attempt.ts'

/** The attempt's socket is the current one from now on. The attempts are counted anew from every welcome. */
export function settle(
  { isStale, rollOverMs }: { readonly isStale: boolean; readonly rollOverMs: number | undefined },
  moment: Moment,
): LinkStep {
  const { now } = moment
  const settled: Link = {
    state: { phase: 'welcomed', heardAt: now, asked: 'no' },
    next: null,
    welcomedAt: now,
    hurryUntil: 0,
  }
  const effects: LinkEffect[] = [
    { type: 'promote' },
    ...stopTimers('attempt', 'greet-next', 'greet-current', 'welcome', 'roll-over'),
    { type: 'start-timer', timer: 'hello', ms: IDLE_LIMIT_MS },
    ...awaitRollOver(rollOverMs),
  ]
  if (!isStale) return { state: settled, effects }
  const greeted = greet(settled, { ...moment, isHurried: false })
  return { state: greeted.state, effects: [...effects, ...greeted.effects] }
}

/** Another welcome on the socket that is welcomed already. */
export function welcomeAgain(link: Link, rollOverMs: number | undefined, moment: Moment): LinkStep {
  if (link.state.phase !== 'welcomed') return { state: link, effects: [] }
  const welcomed: Link = { ...link, state: { phase: 'welcomed', heardAt: moment.now, asked: 'no' } }
  if (link.state.asked === 'again') return greet(welcomed, moment)
  return {
    state: welcomed,
    effects: [
      ...stopTimers('welcome', 'greet-current'),
      { type: 'start-timer', timer: 'hello', ms: IDLE_LIMIT_MS },
      // One that is being made is for the end that was told before.
      ...(link.next === null ? awaitRollOver(rollOverMs) : []),
    ],
  }
}

/** Asks the current socket for a welcome, unless one is awaited. */
export function greet(link: Link, moment: Pick<Moment, 'isHurried'>): LinkStep {
  if (link.state.phase !== 'welcomed' || link.state.asked !== 'no') return { state: link, effects: [] }
  return {
    state: { ...link, state: { ...link.state, asked: 'once' } },
    effects: [
      { type: 'send-hello', on: 'current' },
      { type: 'start-timer', timer: 'welcome', ms: welcomeTimeoutMs(moment) },
      { type: 'start-timer', timer: 'greet-current', ms: GREET_AGAIN_MS },
    ],
  }
}

/** The cloud will not have this client, or not before a person has acted. */
export function refuse(
  link: Link,
  { code, action }: { readonly code: string; readonly action: 'sign-in' | 'stop' },
): LinkStep {
  if (action === 'stop') return rest(link, { phase: 'refused', code })
  return rest(link, { phase: 'signed-out' }, [{ type: 'credential-refused', code }])
}

export function rest(link: Link, state: LinkState, effects: readonly LinkEffect[] = []): LinkStep {
  return { state: { ...link, state, next: null }, effects: [...PUT_AWAY, ...effects] }
}

/** Of these it is known that no connection of this bearer's goes on. */
export function endsStanding(code: string): boolean {
  return code === 'signed-out' || code === 'link-expired' || code === 'link-revoked'
}

function awaitRollOver(ms: number | undefined): LinkEffect[] {
  return ms === undefined ? [] : [{ type: 'start-timer', timer: 'roll-over', ms }]
}

const PUT_AWAY: readonly LinkEffect[] = [
  { type: 'close-socket', on: 'next' },
  { type: 'close-socket', on: 'current' },
  { type: 'close-socket', on: 'old' },
  { type: 'stop-timers' },
]
