import type { InvokePermission } from '../template/cloud-description.ts'
import { matchesArn } from './pattern.ts'

const GATEWAY = 'apigateway.amazonaws.com'

/** Whether the function's resource policy lets this route of the API invoke it. */
export function routeMayInvoke(
  invokers: readonly InvokePermission[],
  apiArn: string,
  stage: string,
  routeKey: string,
): boolean {
  return invokers.some(
    ({ principal, sourceArn }) =>
      principal === GATEWAY &&
      (sourceArn === undefined || matchesArn(sourceArn, `${apiArn}/${stage}/${routeKey}`)),
  )
}

/** The description does not name authorizers: a permission for one of this API's is taken to mean the one it has. */
export function authorizerMayInvoke(invokers: readonly InvokePermission[], apiArn: string): boolean {
  return invokers.some(
    ({ principal, sourceArn }) =>
      principal === GATEWAY &&
      (sourceArn === undefined ||
        sourceArn.startsWith(`${apiArn}/authorizers/`) ||
        matchesArn(sourceArn, `${apiArn}/authorizers/any`)),
  )
}
