import type { SocketRoute } from '../template/cloud-description.ts'
import type { AccessProblem } from './access-log.ts'
import { readAuthorizerAnswer } from './authorizer-answer.ts'
import { readConnectAnswer } from './connect-answer.ts'
import { type AuthorizerContext, authorizerEvent, type ConnectionFacts, connectEvent } from './events.ts'
import { hasIdentitySources } from './handshake.ts'
import { type Integration, integrationProblem } from './integration.ts'

export type Admission =
  | { readonly kind: 'accepted'; readonly authorizer?: AuthorizerContext; readonly subprotocol?: string }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly body?: string
      readonly problem?: AccessProblem
    }

/** Decides on an upgrade: the authorizer first, then the function behind `$connect`. */
export async function admit(
  facts: ConnectionFacts,
  requestId: string,
  integration: Integration,
  now: () => number,
): Promise<Admission> {
  const route = facts.api.routes.find(({ key }) => key === '$connect')
  if (!route) return { kind: 'accepted' }
  if (!route.authorizer) return connect(facts, requestId, integration, now, route)

  const { functionArn, identitySources } = route.authorizer
  if (!hasIdentitySources(facts.handshake, identitySources)) {
    return refuse(401, { authorizerError: 'An identity source is missing' })
  }
  const startedAt = now()
  const event = authorizerEvent(facts, { requestId, at: startedAt })
  const result = await integration.authorizer(functionArn, event)
  if (typeof result.ok === 'string') return refuse(500, { authorizerError: integrationProblem(result) })
  const verdict = readAuthorizerAnswer(result, String(event['methodArn']))
  if (verdict.kind === 'refused') {
    return refuse(verdict.status, { authorizerError: result.ok ? 'Not allowed' : integrationProblem(result) })
  }
  const authorizer = { ...verdict.context, integrationLatency: now() - startedAt }
  const admission = await connect({ ...facts, authorizer }, requestId, integration, now, route)
  return admission.kind === 'accepted' ? { ...admission, authorizer } : admission
}

async function connect(
  facts: ConnectionFacts,
  requestId: string,
  integration: Integration,
  now: () => number,
  route: SocketRoute,
): Promise<Admission> {
  const result = await integration.route(route, connectEvent(facts, { requestId, at: now() }))
  if (result.ok === true) return readConnectAnswer(result.value)
  return refuse(STATUS_OF_FAILURE[`${result.ok}`], { integrationErrorMessage: integrationProblem(result) })
}

const STATUS_OF_FAILURE = { false: 502, 'timed-out': 504, 'not-permitted': 500 } as const

function refuse(status: number, problem: AccessProblem): Admission {
  return { kind: 'refused', status, problem }
}
