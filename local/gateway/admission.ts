import type { SocketRoute } from '../template/cloud-description.ts'
import { readAuthorizerAnswer } from './authorizer-answer.ts'
import { readConnectAnswer } from './connect-answer.ts'
import { type AuthorizerContext, authorizerEvent, type ConnectionFacts, connectEvent } from './events.ts'
import { hasIdentitySources } from './handshake.ts'
import type { Integration } from './integration.ts'

export type Admission =
  | { readonly kind: 'accepted'; readonly authorizer?: AuthorizerContext; readonly subprotocol?: string }
  | { readonly kind: 'refused'; readonly status: number; readonly body?: string }

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
  if (!hasIdentitySources(facts.handshake, identitySources)) return { kind: 'refused', status: 401 }
  const startedAt = now()
  const event = authorizerEvent(facts, { requestId, at: startedAt })
  const result = await integration.authorizer(functionArn, event)
  if (typeof result.ok === 'string') return { kind: 'refused', status: 500 }
  const verdict = readAuthorizerAnswer(result, String(event['methodArn']))
  if (verdict.kind === 'refused') return verdict
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
  switch (result.ok) {
    case true:
      return readConnectAnswer(result.value)
    case false:
      return { kind: 'refused', status: 502 }
    case 'timed-out':
      return { kind: 'refused', status: 504 }
    case 'not-permitted':
      return { kind: 'refused', status: 500 }
    default:
      return result satisfies never
  }
}
