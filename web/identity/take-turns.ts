import type { Clock } from '../viewer/timers.ts'
import type { Renewal } from './issuer.ts'

type Locks = Pick<LockManager, 'request'>

export interface TurnPorts {
  /** Of all tabs; absent in a browser that has none. */
  readonly locks: Locks | undefined
  /** Tells by `storage` that another tab's change is here (HTML Standard, 12.2.4). */
  readonly changes: Pick<EventTarget, 'addEventListener'>
  readonly clock: Clock
}

const TURN = 'mihari.renew'
const SETTLING = 'mihari.renewed'
/** Others see within milliseconds what one tab has stored; on a busy phone it may take longer. */
export const SETTLE_MS = 2_000

/**
 * One tab at a time has its token renewed, and the next finds the new one in the storage. Not at once: in Chromium,
 * what was stored under a lock may come to another tab after the lock does. So the next waits for a change while the
 * last renewal may still be on its way.
 *
 * @param current Whether this tab sees a token that needs no renewal.
 */
export async function inTurn(
  { locks, changes, clock }: TurnPorts,
  current: () => boolean,
  renew: () => Promise<Renewal>,
): Promise<Renewal> {
  if (locks === undefined) return renew()
  return locks.request(TURN, async () => {
    if (!current()) await settled({ locks, changes, clock }, current)
    if (current()) return renew()
    const renewal = await renew()
    if (renewal.kind === 'held') await letSettle(locks, clock)
    return renewal
  })
}

async function settled(
  { locks, changes, clock }: TurnPorts & { readonly locks: Locks },
  current: () => boolean,
): Promise<void> {
  const done = new AbortController()
  const { signal } = done
  const seen = new Promise<void>((resolve) => {
    changes.addEventListener('storage', () => current() && resolve(), { signal })
  })
  const over = locks.request(SETTLING, { signal }, () => undefined).catch(() => undefined)
  // Whoever holds it may be frozen with its tab.
  const { promise: late, stop } = wait(clock, SETTLE_MS)
  await Promise.race([seen, over, late])
  stop()
  done.abort()
}

/** Until that has begun: it is over later. It takes the place of the one before, whose tab may be frozen. */
function letSettle(locks: Locks, clock: Clock): Promise<void> {
  return new Promise((begun) => {
    const hold = () => {
      begun()
      return wait(clock, SETTLE_MS).promise
    }
    locks.request(SETTLING, { steal: true }, hold).catch(() => undefined)
  })
}

function wait(clock: Clock, ms: number) {
  let timer: unknown
  const promise = new Promise<void>((resolve) => {
    timer = clock.setTimeout(resolve, ms)
  })
  return { promise, stop: () => clock.clearTimeout(timer) }
}
