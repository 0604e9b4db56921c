import type { SocketRoute } from '../template/cloud-description.ts'
import type { AccessProblem } from './access-log.ts'
import { readStatus } from './connect-answer.ts'
import { type Integration, integrationProblem } from './integration.ts'

/** What came of an event that a route's function was given. */
export interface Delivery {
  readonly status: number
  /** Whether the gateway, not the function, says so: then the client is told. */
  readonly byGateway: boolean
  readonly problem?: AccessProblem
}

/** What a function answers to a message goes nowhere: routes are one-way here. */
export async function deliver(
  route: SocketRoute,
  event: unknown,
  integration: Integration,
): Promise<Delivery> {
  const result = await integration.route(route, event)
  if (result.ok === true) return { status: readStatus(result.value) ?? 200, byGateway: false }
  const problem = { integrationErrorMessage: integrationProblem(result) }
  return { status: result.ok === 'timed-out' ? 504 : 500, byGateway: true, problem }
}
