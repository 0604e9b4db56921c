import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { App } from 'aws-cdk-lib/core'
import { AwsSolutionsChecks } from 'cdk-nag'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBuiltFixture } from './built-fixture.ts'
import { MihariStack } from './mihari-stack.ts'

const built = writeBuiltFixture()
let stack: MihariStack
let template: Template

beforeAll(() => {
  stack = new MihariStack(new App({ analyticsReporting: false }), 'Mihari', {
    functionFolder: join(built, 'dist/lambda'),
    siteFolder: join(built, 'dist/web'),
    iceServers: [{ urls: 'stun:stun.example:3478' }],
  })
  template = Template.fromStack(stack)
})

afterAll(() => rmSync(built, { recursive: true }))

/** The logical id of the only resource of a type that has these properties. */
function idOf(type: string, properties: Record<string, unknown> = {}): string {
  const ids = Object.keys(template.findResources(type, { Properties: properties }))
  expect(ids).toHaveLength(1)
  return ids[0] as string
}

describe('the table', () => {
  it('expires items, can be restored to any second and outlives the stack', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 1)
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      },
    })
  })
})

describe('the function', () => {
  it('is one, small, on the runtime that the project runs on', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Timeout: 10,
      Handler: 'index.handler',
    })
    const ours = template.findResources('AWS::Lambda::Function', { Properties: { Runtime: 'nodejs24.x' } })
    expect(Object.keys(ours)).toHaveLength(1)
  })

  it('is told its table, its sockets, its site and the STUN servers', () => {
    const api = idOf('AWS::ApiGatewayV2::Api')
    const host = [{ Ref: api }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          TABLE_NAME: { Ref: idOf('AWS::DynamoDB::Table') },
          CONNECTIONS_URL: { 'Fn::Join': ['', ['https://', ...host, '/v1']] },
          WEB_ORIGIN: {
            'Fn::Join': [
              '',
              ['https://', { 'Fn::GetAtt': [idOf('AWS::CloudFront::Distribution'), 'DomainName'] }],
            ],
          },
          ICE_SERVERS: '[{"urls":"stun:stun.example:3478"}]',
          LOG_LEVEL: 'info',
        },
      },
    })
  })
})

describe('the socket API', () => {
  it.each([
    ['$connect', 'CUSTOM'],
    ['$disconnect', 'NONE'],
    ['$default', 'NONE'],
  ])('leads %s to the function (authorization: %s), which it may invoke for it', (key, authorization) => {
    const integration = idOf('AWS::ApiGatewayV2::Integration')
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: key,
      AuthorizationType: authorization,
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] },
    })
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', Match.arrayWith([`/*${key}`])] },
    })
  })

  it('has these routes and no others, chosen by the type of the message', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 3)
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.type',
    })
  })

  it('has the function authorize every connection by its subprotocols', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizerId: { Ref: idOf('AWS::ApiGatewayV2::Authorizer') },
    })
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'],
    })
    template.hasResourceProperties('AWS::Lambda::Permission', {
      SourceArn: {
        'Fn::Join': ['', Match.arrayWith(['/authorizers/', { Ref: idOf('AWS::ApiGatewayV2::Authorizer') }])],
      },
    })
  })

  it('throttles, and its stage waits until the account can write its log', () => {
    template.hasResource('AWS::ApiGatewayV2::Stage', {
      Properties: {
        StageName: 'v1',
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 500 },
      },
      DependsOn: [idOf('AWS::ApiGateway::Account')],
    })
  })

  it('writes an access log that names no person and holds no secret', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'))
    const fields: string[] = Object.values(JSON.parse(stage?.Properties.AccessLogSettings.Format))
    // API Gateway refuses a format without the request's id.
    expect(fields).toContain('$context.requestId')
    expect(fields).toContain('$context.connectionId')
    for (const field of fields) {
      expect(field).toMatch(/^\$context\./)
      expect(field).not.toMatch(/identity|header|query|input|principal|authorizer\.(?!error$)/i)
    }
  })
})

describe('the logs', () => {
  it('are all kept for a month and no longer', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 3)
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 })
  })

  it('of every function go to a log group of the stack', () => {
    template.allResourcesProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: Match.anyValue() } },
    })
  })
})

describe('the site', () => {
  it('is a private bucket that outlives the stack', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    })
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    })
  })

  it('is reached by https through a distribution that alone may read the bucket', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultRootObject: 'index.html',
        HttpVersion: 'http2and3',
        DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', Compress: true },
        Origins: [Match.objectLike({ OriginAccessControlId: Match.anyValue() })],
      },
    })
  })

  it('lets the page load its own files and the socket, and nothing else', () => {
    const socket = { 'Fn::GetAtt': [idOf('AWS::ApiGatewayV2::Api'), 'ApiEndpoint'] }
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: {
              'Fn::Join': [
                '',
                [
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ",
                  socket,
                  "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                ],
              ],
            },
            Override: true,
          },
        },
      },
    })
  })

  it('sends the other headers that keep a page to itself', () => {
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
        },
        CustomHeadersConfig: {
          Items: Match.arrayWith([
            Match.objectLike({
              Header: 'Permissions-Policy',
              Value: Match.stringLikeRegexp('microphone=\\(\\)'),
            }),
            Match.objectLike({ Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin' }),
          ]),
        },
      },
    })
  })

  it('has hashed assets kept for ever, and the documents that name them asked for each time', () => {
    const assets = idOf('Custom::CDKBucketDeployment', { Include: ['assets/*'] })
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Exclude: ['*'],
      Include: ['assets/*'],
      Prune: false,
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    })
    template.hasResource('Custom::CDKBucketDeployment', {
      Properties: {
        Exclude: ['assets/*'],
        Prune: false,
        SystemMetadata: { 'cache-control': 'no-cache' },
      },
      DependsOn: Match.arrayWith([assets]),
    })
  })
})

describe('the stack', () => {
  it('says where the site and the socket are', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual(['SiteUrl', 'SocketUrl'])
  })

  it('leaves nothing for cdk-nag to find that is not acknowledged with a reason', () => {
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([])
  })
})
