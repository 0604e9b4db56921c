import type { FunctionDescription } from '../template/cloud-description.ts'
import type { AccessRequest, Decision } from './decide.ts'

export interface Refusal {
  /** Name of the function that called. */
  readonly caller: string
  /** Absent when it could not be told what the call needs. */
  readonly request: AccessRequest | undefined
  readonly message: string
}

/** Words a refusal as AWS does. */
export function refusal(
  caller: FunctionDescription,
  decision: Extract<Decision, { kind: 'refused' }>,
): Refusal {
  const account = caller.arn.split(':')[4] ?? ''
  const user = `arn:aws:sts::${account}:assumed-role/${caller.name}/${caller.name}`
  const { request, explicitly } = decision
  const reason = explicitly
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${request?.action} action`
  const message = request
    ? `User: ${user} is not authorized to perform: ${request.action} on resource: ${request.resource} ${reason}`
    : `User: ${user} is not authorized to perform this operation: what it would touch cannot be told`
  return { caller: caller.name, request, message }
}
