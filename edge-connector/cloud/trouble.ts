import { errorRule } from '../../protocol/error-codes.ts'
import { type BackoffPolicy, backoffMs, LOST_POLICY, REFUSED_POLICY, UNREACHED_POLICY } from './backoff.ts'
import type { CloudTrouble, LinkState, LinkSurroundings } from './link-state.ts'

/** Why a connection is none, as it is called in the log, and how the next attempt waits for it. */
export interface Trouble {
  readonly event: CloudTrouble
  readonly message: string
  readonly policy: BackoffPolicy
}

/** `reached`: at the cloud something has taken the connection. */
export function lost(message: string, reached: boolean): Trouble {
  return { event: 'cloud-lost', message, policy: reached ? LOST_POLICY : UNREACHED_POLICY }
}

/** Until when nothing has come of the handshake. */
export function unanswered(reached: boolean): Trouble {
  return lost(reached ? 'the cloud does not answer' : 'the cloud cannot be reached', reached)
}

export const UNWELCOME: Trouble = lost('the cloud did not answer hello with welcome', true)

/** The handshake was answered with an HTTP status. */
export function refused(status: number): Trouble {
  const event = 'cloud-refused'
  if (status === 401 || status === 403) {
    const message = `the cloud refuses this device (HTTP ${status}); is its address the signalling address of your own deployment, with the stage at its end (/v1)?`
    return { event, message, policy: REFUSED_POLICY }
  }
  return { event, message: `the cloud answered the handshake with HTTP ${status}`, policy: LOST_POLICY }
}

/** An error of the cloud about the connection. */
export function complained({ code, detail }: { readonly code: string; readonly detail: string }): Trouble {
  const message = `the cloud answered ${code}${detail === '' ? '' : `: ${detail}`}`
  const soon = errorRule(code).action === 'retry' && code !== 'too-many-unpaired'
  return { event: 'cloud-refused', message, policy: soon ? LOST_POLICY : REFUSED_POLICY }
}

type Failures = Pick<LinkState, 'attempt' | 'turnedAway' | 'refusals'>

/**
 * Hours without a line are no reason to wait for a cloud that has turned nobody away, nor is a cloud that failed for
 * minutes one to take its first refusal for its last word.
 */
export function waitFor({ policy }: Trouble, failures: Failures, { random }: LinkSurroundings): number {
  const { attempt, turnedAway, refusals } = failures
  const like = policy === UNREACHED_POLICY ? attempt : policy === REFUSED_POLICY ? refusals : turnedAway
  return backoffMs(like, policy, random)
}

export function countFailures({ policy }: Trouble, { attempt, turnedAway, refusals }: Failures): Failures {
  if (policy === UNREACHED_POLICY) return { attempt: attempt + 1, turnedAway, refusals }
  const refused = policy === REFUSED_POLICY ? refusals + 1 : 0
  return { attempt: attempt + 1, turnedAway: turnedAway + 1, refusals: refused }
}
