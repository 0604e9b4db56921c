import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import type { Log } from '../core/ports.ts'
import type { Principal } from '../core/principal.ts'
import type { Admission } from './admission.ts'
import { admit, type Door } from './admit.ts'
import { contextOf } from './principal-context.ts'

/** The answer that API Gateway wants, once per connection: a policy for `$connect`, and who it is as context. */
export async function authorize(
  event: APIGatewayRequestAuthorizerEvent,
  door: Door,
  log: Log,
): Promise<APIGatewayAuthorizerResult> {
  const admission = await admit(
    {
      subprotocols: header(event.headers, 'sec-websocket-protocol'),
      origin: header(event.headers, 'origin'),
    },
    door,
  )
  const connection = event.requestContext.connectionId
  if (admission.kind === 'refused') log.info('refused', { connection, why: admission.why })
  else log.info('admitted', { connection, kind: admission.kind, ...idOf(admission) })
  return answer(event.methodArn, admission)
}

function answer(methodArn: string, admission: Admission): APIGatewayAuthorizerResult {
  const Effect = admission.kind === 'refused' ? 'Deny' : 'Allow'
  return {
    principalId: 'id' in admission ? `${admission.kind}:${admission.id}` : admission.kind,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
    },
    ...(admission.kind === 'refused' ? {} : { context: contextOf(admission) }),
  }
}

function idOf(principal: Principal): object {
  return principal.kind === 'nobody' ? { reason: principal.reason } : { id: principal.id }
}

/** Header names keep the case that the client sent. */
function header(
  headers: Readonly<Record<string, string | undefined>> | null,
  name: string,
): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
}
