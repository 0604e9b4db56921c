import type { Clock } from '../clock.ts'
import type { Invoke, InvokeResult } from '../functions/invocation.ts'
import { authorizerMayInvoke, routeMayInvoke } from '../iam/invoke-permission.ts'
import type { FunctionDescription, SocketApiDescription, SocketRoute } from '../template/cloud-description.ts'
import { INTEGRATION_TIMEOUT_MS } from './limits.ts'

export type IntegrationResult = InvokeResult | { readonly ok: 'timed-out' } | { readonly ok: 'not-permitted' }

export interface IntegrationOptions {
  readonly api: SocketApiDescription
  readonly invoke: Invoke
  functionByArn(arn: string): FunctionDescription | undefined
  readonly clock: Clock
}

/** Invokes functions for an API: as far as they permit it, and no longer than the gateway waits. */
export interface Integration {
  route(route: SocketRoute, event: unknown): Promise<IntegrationResult>
  authorizer(functionArn: string, event: unknown): Promise<IntegrationResult>
}

export function createIntegration({ api, invoke, functionByArn, clock }: IntegrationOptions): Integration {
  const invokersOf = (functionArn: string) => functionByArn(functionArn)?.invokers ?? []

  function run(functionArn: string, permitted: boolean, event: unknown): Promise<IntegrationResult> {
    if (!permitted) return Promise.resolve({ ok: 'not-permitted' })
    return new Promise((resolve) => {
      const timer = clock.setTimeout(() => resolve({ ok: 'timed-out' }), INTEGRATION_TIMEOUT_MS)
      void invoke(functionArn, event).then((result) => {
        clock.clearTimeout(timer)
        resolve(result)
      })
    })
  }

  return {
    route({ key, functionArn }, event) {
      return run(functionArn, routeMayInvoke(invokersOf(functionArn), api.arn, api.stage, key), event)
    },
    authorizer(functionArn, event) {
      return run(functionArn, authorizerMayInvoke(invokersOf(functionArn), api.arn), event)
    },
  }
}

/** What an access log says of a function that did not do its part. */
export function integrationProblem(result: Exclude<IntegrationResult, { ok: true }>): string {
  switch (result.ok) {
    case false:
      return `The function failed: ${result.error.errorType}`
    case 'timed-out':
      return 'The function did not answer in time'
    case 'not-permitted':
      return 'The function does not permit the API to invoke it'
    default:
      return result satisfies never
  }
}
