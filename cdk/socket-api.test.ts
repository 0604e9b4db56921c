import { Match } from 'aws-cdk-lib/assertions'
import { describe, expect, it } from 'vitest'
import { idOf, synthesizeStackFixture } from './testing/stack-fixture.ts'

const { template } = synthesizeStackFixture()

describe('the socket API', () => {
  it.each([
    ['$connect', 'CUSTOM'],
    ['$disconnect', 'NONE'],
    ['$default', 'NONE'],
  ])('leads %s to the function (authorization: %s), which it may invoke for it', (key, authorization) => {
    const integration = idOf(template, 'AWS::ApiGatewayV2::Integration')
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
      AuthorizerId: { Ref: idOf(template, 'AWS::ApiGatewayV2::Authorizer') },
    })
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'],
    })
    template.hasResourceProperties('AWS::Lambda::Permission', {
      SourceArn: {
        'Fn::Join': [
          '',
          Match.arrayWith(['/authorizers/', { Ref: idOf(template, 'AWS::ApiGatewayV2::Authorizer') }]),
        ],
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
      DependsOn: [idOf(template, 'AWS::ApiGateway::Account')],
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
