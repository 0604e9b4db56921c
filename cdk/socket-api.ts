import { CfnAccount } from 'aws-cdk-lib/aws-apigateway'
import { type CfnStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'

const STAGE_NAME = 'v1'

/** Far above what a home needs, and a ceiling on what a flood can cost. */
const THROTTLE = { rateLimit: 200, burstLimit: 500 }

/** No header, no query, no authorizer context: those hold credentials. No address: that is a person's. */
const ACCESS_LOG_FIELDS = {
  requestTime: '$context.requestTime',
  requestId: '$context.requestId',
  connectionId: '$context.connectionId',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
}

const ROUTES = ['$disconnect', '$default'] as const

/**
 * The WebSocket API and its one stage. Routes come after construction: they need the function, the function needs
 * the site's origin, and the site's security policy needs this API's address.
 */
export class SocketApi extends Construct {
  readonly #api: WebSocketApi
  readonly #stage: WebSocketStage

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.#api = new WebSocketApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-signalling`,
      routeSelectionExpression: '$request.body.type',
    })
    this.#stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName: STAGE_NAME,
      autoDeploy: true,
      throttle: THROTTLE,
    })
    this.#writeAccessLog()
  }

  /** Where clients connect. */
  get socketUrl(): string {
    return `${this.socketOrigin}/${STAGE_NAME}`
  }

  /** The socket's origin, as a content security policy names it. */
  get socketOrigin(): string {
    return this.#api.apiEndpoint
  }

  /** Where the function posts to connections. */
  get connectionsUrl(): string {
    return this.#stage.callbackUrl
  }

  connectionsArn(method: 'POST' | 'DELETE'): string {
    return Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.#api.apiId,
      resourceName: `${STAGE_NAME}/${method}/@connections/*`,
    })
  }

  /** One function answers the authorizer and every route. */
  serve(handler: IFunction): void {
    const integration = new WebSocketLambdaIntegration('Integration', handler)
    const authorizer = new WebSocketLambdaAuthorizer('Authorizer', handler, {
      identitySource: ['route.request.header.Sec-WebSocket-Protocol'],
    })
    this.#api.addRoute('$connect', { integration, authorizer })
    for (const key of ROUTES) {
      const route = this.#api.addRoute(key, { integration })
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'A WebSocket API authorizes $connect only; its answer holds for the whole connection.',
      })
    }
  }

  #writeAccessLog(): void {
    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const stage = this.#stage.node.defaultChild as CfnStage
    stage.accessLogSettings = {
      destinationArn: Stack.of(this).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: log.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      format: JSON.stringify(ACCESS_LOG_FIELDS),
    }
    stage.node.addDependency(this.#logsOfAccount())
  }

  /**
   * A WebSocket stage with an access log is refused ("CloudWatch Logs role ARN must be set in account settings")
   * until the account and region have named a role for it. It is the account's setting, not this stack's: it stays
   * when the stack goes, so that other APIs keep their logs.
   */
  #logsOfAccount(): CfnAccount {
    const policy = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs'
    const role = new Role(this, 'AccountLogRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(policy)],
    })
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason: 'API Gateway accepts no role here that cannot write the logs of every API of the account.',
    })
    role.applyRemovalPolicy(RemovalPolicy.RETAIN)
    const account = new CfnAccount(this, 'AccountLogs', { cloudWatchRoleArn: role.roleArn })
    account.applyRemovalPolicy(RemovalPolicy.RETAIN)
    return account
  }
}
