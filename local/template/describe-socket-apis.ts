import type { SocketApiDescription, SocketRoute } from './cloud-description.ts'
import { apiDomain, arn } from './invented-resources.ts'
import { objectOf, refuseUnknown, requireValue, textOf, textsOf } from './properties.ts'
import type { ResolvedResource, ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

export function describeSocketApis(stack: ResolvedStack): readonly SocketApiDescription[] {
  return stack.ofType('AWS::ApiGatewayV2::Api').map((api) => {
    const { ref: id, properties, where } = api
    refuseUnknown(
      properties,
      ['Description', 'Name', 'ProtocolType', 'RouteSelectionExpression', 'Tags'],
      where,
    )
    requireValue(properties, 'ProtocolType', 'WEBSOCKET', where)
    return {
      id,
      arn: arn('execute-api', id),
      domainName: apiDomain(id),
      routeSelectionExpression: textOf(properties, 'RouteSelectionExpression', where),
      routes: partsOf(api, 'AWS::ApiGatewayV2::Route', stack).map((route) => describeRoute(route, stack)),
      ...describeStage(api, stack),
    }
  })
}

function partsOf(api: ResolvedResource, type: string, stack: ResolvedStack): readonly ResolvedResource[] {
  return stack.ofType(type).filter(({ properties }) => properties.ApiId === api.ref)
}

function describeStage(api: ResolvedResource, stack: ResolvedStack) {
  const [stage, ...further] = partsOf(api, 'AWS::ApiGatewayV2::Stage', stack)
  if (!stage || further.length > 0) throw new TemplateError(`${api.where}: must have exactly one stage`)
  const { properties, where } = stage
  const known = [
    'AccessLogSettings',
    'ApiId',
    'AutoDeploy',
    'DefaultRouteSettings',
    'Description',
    'StageName',
    'Tags',
  ]
  refuseUnknown(properties, known, where)
  // Without it the routes would not be reachable before somebody deploys them.
  requireValue(properties, 'AutoDeploy', true, where)
  const settings = objectOf(properties, 'DefaultRouteSettings', where)
  refuseUnknown(settings, ['ThrottlingBurstLimit', 'ThrottlingRateLimit', 'DetailedMetricsEnabled'], where)
  const { ThrottlingBurstLimit: burst, ThrottlingRateLimit: ratePerSecond } = settings
  const accessLog = objectOf(properties, 'AccessLogSettings', where)
  return {
    stage: textOf(properties, 'StageName', where),
    ...(typeof burst === 'number' &&
      typeof ratePerSecond === 'number' && { throttle: { ratePerSecond, burst } }),
    ...('Format' in accessLog && { accessLogFormat: textOf(accessLog, 'Format', where) }),
  }
}

function describeRoute({ properties, where }: ResolvedResource, stack: ResolvedStack): SocketRoute {
  refuseUnknown(properties, ['ApiId', 'AuthorizationType', 'AuthorizerId', 'RouteKey', 'Target'], where)
  const authorization = properties.AuthorizationType ?? 'NONE'
  if (authorization !== 'NONE' && authorization !== 'CUSTOM') {
    throw new TemplateError(`${where}: AuthorizationType ${authorization} is not understood here`)
  }
  return {
    key: textOf(properties, 'RouteKey', where),
    functionArn: integrationFunction(textOf(properties, 'Target', where), where, stack),
    ...(authorization === 'CUSTOM' && {
      authorizer: describeAuthorizer(textOf(properties, 'AuthorizerId', where), where, stack),
    }),
  }
}

function integrationFunction(target: string, where: string, stack: ResolvedStack): string {
  const integration = stack
    .ofType('AWS::ApiGatewayV2::Integration')
    .find(({ ref }) => target === `integrations/${ref}`)
  if (!integration) throw new TemplateError(`${where}: its Target ${target} is not in the template`)
  refuseUnknown(integration.properties, ['ApiId', 'IntegrationType', 'IntegrationUri'], integration.where)
  requireValue(integration.properties, 'IntegrationType', 'AWS_PROXY', integration.where)
  return functionArn(
    textOf(integration.properties, 'IntegrationUri', integration.where),
    integration.where,
    stack,
  )
}

function describeAuthorizer(
  id: string,
  route: string,
  stack: ResolvedStack,
): SocketRoute['authorizer'] & object {
  const authorizer = stack.ofType('AWS::ApiGatewayV2::Authorizer').find(({ ref }) => ref === id)
  if (!authorizer) throw new TemplateError(`${route}: its authorizer ${id} is not in the template`)
  const { properties, where } = authorizer
  refuseUnknown(properties, ['ApiId', 'AuthorizerType', 'AuthorizerUri', 'IdentitySource', 'Name'], where)
  requireValue(properties, 'AuthorizerType', 'REQUEST', where)
  return {
    functionArn: functionArn(textOf(properties, 'AuthorizerUri', where), where, stack),
    identitySources: textsOf(properties, 'IdentitySource', where),
  }
}

/** API Gateway names a function by `arn:…:lambda:path/2015-03-31/functions/<ARN>/invocations`. */
function functionArn(uri: string, where: string, stack: ResolvedStack): string {
  const named = /\/functions\/([^/]+)\/invocations$/.exec(uri)?.[1]
  const known = stack.ofType('AWS::Lambda::Function').some(({ attributes }) => attributes.Arn === named)
  if (named === undefined || !known)
    throw new TemplateError(`${where}: ${uri} is no function of the template`)
  return named
}
