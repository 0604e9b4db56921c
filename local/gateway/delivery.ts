import type { SocketRoute } from '../template/cloud-description.ts'
import { readStatus } from './connect-answer.ts'
import type { Integration } from './integration.ts'

/** What came of an event that a route's function was given. */
export interface Delivery {
  readonly status: number
  /** Whether the gateway, not the function, says so: then the client is told. */
  readonly byGateway: boolean
}

/** What a function answers to a message goes nowhere: routes are one-way here. */
export async function deliver(
  route: SocketRoute,
  event: unknown,
  integration: Integration,
): Promise<Delivery> {
  const result = await integration.route(route, event)
  switch (result.ok) {
    case true:
      return { status: readStatus(result.value) ?? 200, byGateway: false }
    case 'timed-out':
      return { status: 504, byGateway: true }
    case false:
    case 'not-permitted':
      return { status: 500, byGateway: true }
    default:
      return result satisfies never
  }
}
