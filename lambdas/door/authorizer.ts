import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import type { Principal } from '../core/principal.ts'
import { admit } from './admit.ts'

/** The answer that API Gateway wants, once per connection: a policy for `$connect`, and who it is as context. */
export function authorize(
  event: APIGatewayRequestAuthorizerEvent,
  webOrigin: string,
): APIGatewayAuthorizerResult {
  const principal = admit(
    {
      subprotocols: header(event.headers, 'sec-websocket-protocol'),
      origin: header(event.headers, 'origin'),
    },
    webOrigin,
  )
  return {
    principalId: principal === null ? 'nobody' : `${principal.kind}:${principal.id}`,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: principal === null ? 'Deny' : 'Allow',
          Resource: event.methodArn,
        },
      ],
    },
    ...(principal === null ? {} : { context: { ...principal } }),
  }
}

/** What the authorizer's context says in every later event, as strings. */
export function principalOf(context: Readonly<Record<string, unknown>> | null | undefined): Principal {
  const { kind, id } = context ?? {}
  if ((kind === 'viewer' || kind === 'device') && typeof id === 'string') return { kind, id }
  throw new Error('the event has no principal: is the authorizer attached to $connect?')
}

/** Header names keep the case that the client sent. */
function header(
  headers: Readonly<Record<string, string | undefined>> | null,
  name: string,
): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
}
