export interface BackoffPolicy {
  readonly baseMs: number
  readonly capMs: number
}

/** Nothing of the attempt came as far as the cloud: asking often costs nobody anything. */
export const UNREACHED_POLICY: BackoffPolicy = { baseMs: 1_000, capMs: 2_000 }
/** The line was lost, or the cloud is in trouble. */
export const LOST_POLICY: BackoffPolicy = { baseMs: 1_000, capMs: 60_000 }
/** The cloud was there and said no: asking often does not help. */
export const REFUSED_POLICY: BackoffPolicy = { baseMs: 10_000, capMs: 600_000 }
/** The cloud has failed at a message and is still there. */
export const AGAIN_POLICY: BackoffPolicy = { baseMs: 2_000, capMs: 60_000 }

/**
 * Full jitter: anything between nothing and the whole wait, so that many devices do not come back in one moment.
 * `attempt` counts from 0, `random` is in [0, 1).
 */
export function backoffMs(attempt: number, policy: BackoffPolicy, random: number): number {
  return Math.round(random * Math.min(policy.capMs, policy.baseMs * 2 ** attempt))
}
