import { Match } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks } from 'cdk-nag'
import { describe, expect, it } from 'vitest'
import { idOf, synthesizeStackFixture } from './testing/stack-fixture.ts'

const { stack, template } = synthesizeStackFixture()

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

  it('is told its table, its sockets, its site, who vouches for people, its owner and the STUN servers', () => {
    const api = idOf(template, 'AWS::ApiGatewayV2::Api')
    const pool = idOf(template, 'AWS::Cognito::UserPool')
    const issuer = { 'Fn::GetAtt': [pool, 'ProviderURL'] }
    const host = [{ Ref: api }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          TABLE_NAME: { Ref: idOf(template, 'AWS::DynamoDB::Table') },
          CONNECTIONS_URL: { 'Fn::Join': ['', ['https://', ...host, '/v1']] },
          WEB_ORIGIN: {
            'Fn::Join': [
              '',
              ['https://', { 'Fn::GetAtt': [idOf(template, 'AWS::CloudFront::Distribution'), 'DomainName'] }],
            ],
          },
          SOCKET_URL: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [api, 'ApiEndpoint'] }, '/v1']] },
          OIDC_ISSUER: issuer,
          OIDC_CLIENT_ID: { Ref: idOf(template, 'AWS::Cognito::UserPoolClient') },
          OIDC_JWKS_URL: { 'Fn::Join': ['', [issuer, '/.well-known/jwks.json']] },
          OWNER_EMAIL: 'owner@example.org',
          USER_POOL_ID: { Ref: pool },
          ICE_SERVERS: '[{"urls":"stun:stun.example:3478"}]',
          LOG_LEVEL: 'info',
        },
      },
    })
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

describe('the stack', () => {
  it('says where the site and the socket are', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual(['SiteUrl', 'SocketUrl'])
  })

  it('leaves nothing for cdk-nag to find that is not acknowledged with a reason', () => {
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([])
  })
})
