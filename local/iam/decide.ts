import type { PolicyStatement } from '../template/cloud-description.ts'
import { matchesAction, matchesArn } from './pattern.ts'

/** One thing that a call needs to be allowed. */
export interface AccessRequest {
  readonly action: string
  readonly resource: string
}

export type Decision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly request: AccessRequest | undefined; readonly explicitly: boolean }

/** Everything that a call needs must be allowed; a call of which it is not known what it needs is refused. */
export function decide(statements: readonly PolicyStatement[], requests: readonly AccessRequest[]): Decision {
  if (requests.length === 0) return { kind: 'refused', request: undefined, explicitly: false }
  for (const request of requests) {
    const matching = statements.filter((statement) => covers(statement, request))
    if (matching.some(({ effect }) => effect === 'Deny'))
      return { kind: 'refused', request, explicitly: true }
    if (matching.length === 0) return { kind: 'refused', request, explicitly: false }
  }
  return { kind: 'allowed' }
}

function covers(statement: PolicyStatement, request: AccessRequest): boolean {
  return (
    statement.actions.some((action) => matchesAction(action, request.action)) &&
    statement.resources.some((resource) => matchesArn(resource, request.resource))
  )
}
