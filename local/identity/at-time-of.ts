import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../clock.ts'

const platformNow = Date.now
const ahead = new AsyncLocalStorage<number>()

/** Below this, the two clocks were merely read one after the other. */
const SAME_CLOCK_MS = 1000

/**
 * Runs with `Date.now` as the clock has it. The provider's library asks for the time by that alone, and the tokens
 * of a cloud whose clock was moved must be of the cloud's time.
 */
export function atTimeOf<Result>(clock: Pick<Clock, 'now'>, run: () => Result): Result {
  const aheadMs = clock.now() - platformNow()
  if (Math.abs(aheadMs) < SAME_CLOCK_MS) return run()
  Date.now = cloudNow
  return ahead.run(aheadMs, run)
}

function cloudNow(): number {
  return platformNow() + (ahead.getStore() ?? 0)
}
