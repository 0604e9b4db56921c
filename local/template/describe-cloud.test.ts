import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type {
  CloudDescription,
  FunctionDescription,
  SiteDescription,
  UserPoolDescription,
} from './cloud-description.ts'
import { describeCloud } from './describe-cloud.ts'
import {
  ADDRESSES,
  describeEdited as describeAfter,
  find,
  ourFunction,
  ourPolicy,
  type Resources,
  synthesizeTemplateFixture,
} from './testing/edited-template.ts'

const fixture = await synthesizeTemplateFixture()
afterAll(fixture.remove)

const describeEdited = (edit: (resources: Resources) => void) => describeAfter(fixture.assembly, edit)

function onlyFunction({ functions }: CloudDescription): FunctionDescription {
  expect(functions).toHaveLength(1)
  return functions[0] as FunctionDescription
}

function onlySite({ sites }: CloudDescription): SiteDescription {
  expect(sites).toHaveLength(1)
  return sites[0] as SiteDescription
}

function onlyUserPool({ userPools }: CloudDescription): UserPoolDescription {
  expect(userPools).toHaveLength(1)
  return userPools[0] as UserPoolDescription
}

describe('the stack as it is', () => {
  it('has one table, with its keys and its expiry', () => {
    const { tables } = describeEdited(() => undefined)
    expect(tables).toEqual([
      {
        name: expect.stringMatching(/^Mihari-Table/),
        arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${tables[0]?.name}`,
        createTable: {
          TableName: tables[0]?.name,
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        },
        expiryAttribute: 'expiresAt',
      },
    ])
  })

  it('has one function, told the local addresses where AWS would give its own', () => {
    const description = describeEdited(() => undefined)
    const ours = onlyFunction(description)
    expect(ours).toMatchObject({ handler: 'index.handler', memoryMb: 512, timeoutMs: 10_000 })
    expect(existsSync(join(ours.codeFolder, 'index.mjs'))).toBe(true)
    const pool = onlyUserPool(description)
    expect(ours.environment).toEqual({
      TABLE_NAME: description.tables[0]?.name,
      CONNECTIONS_URL: 'http://127.0.0.1:40001/v1',
      WEB_ORIGIN: 'http://localhost:8080',
      SOCKET_URL: 'ws://localhost:8080/v1',
      OIDC_ISSUER: pool.issuer,
      OIDC_CLIENT_ID: pool.clients[0]?.id,
      OIDC_JWKS_URL: `http://127.0.0.1:40002/${pool.id}/.well-known/jwks.json`,
      OWNER_EMAIL: 'owner@localhost',
      USER_POOL_ID: pool.id,
      ICE_SERVERS: '[]',
      LOG_LEVEL: 'info',
    })
  })

  it('has a socket API whose routes and authorizer are the function, which lets it invoke them', () => {
    const description = describeEdited(() => undefined)
    const { arn: functionArn, invokers, statements } = onlyFunction(description)
    const [api, ...others] = description.socketApis
    expect(others).toEqual([])
    expect(api).toMatchObject({
      arn: `arn:aws:execute-api:us-east-1:000000000000:${api?.id}`,
      domainName: `${api?.id}.execute-api.us-east-1.amazonaws.com`,
      stage: 'v1',
      routeSelectionExpression: '$request.body.type',
      throttle: { ratePerSecond: 200, burst: 500 },
      accessLogFormat: expect.stringContaining('$context.connectionId'),
      routes: [
        {
          key: '$connect',
          functionArn,
          authorizer: { functionArn, identitySources: ['route.request.header.Sec-WebSocket-Protocol'] },
        },
        { key: '$disconnect', functionArn },
        { key: '$default', functionArn },
      ],
    })
    expect(invokers.map(({ sourceArn }) => sourceArn)).toEqual([
      `${api?.arn}/*$connect`,
      expect.stringMatching(`^${api?.arn}/authorizers/[a-z0-9]+$`),
      `${api?.arn}/*$disconnect`,
      `${api?.arn}/*$default`,
    ])
    expect(statements).toContainEqual({
      effect: 'Allow',
      actions: ['execute-api:ManageConnections'],
      resources: [`${api?.arn}/v1/DELETE/@connections/*`, `${api?.arn}/v1/POST/@connections/*`],
    })
  })

  it('has a site whose policy and config name the local socket and issuer', () => {
    const description = describeEdited(() => undefined)
    const site = onlySite(description)
    expect(site).toMatchObject({
      origin: 'http://localhost:8080',
      defaultRootObject: 'index.html',
      errorPages: [{ status: 403, answer: 404, path: '/index.html' }],
    })
    expect(site.headers['content-security-policy']).toContain(
      "connect-src 'self' ws://localhost:8080 http://localhost:8080 http://localhost:8080;",
    )
    expect(site.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
    })
    expect(site.deployments.map(({ cacheControl }) => cacheControl)).toEqual([
      'public, max-age=31536000, immutable',
      'no-cache',
      'no-cache',
    ])
    const config = site.deployments.at(-1)
    const text = readFileSync(join(String(config?.folder), 'config.json'), 'utf8')
    const deployed = Object.entries(config?.markers ?? {}).reduce(
      (t, [from, to]) => t.replaceAll(from, to),
      text,
    )
    expect(JSON.parse(deployed)).toEqual({
      socket: 'ws://localhost:8080/v1',
      signIn: {
        issuer: 'http://localhost:8080/identity',
        clientId: onlyUserPool(description).clients[0]?.id,
        scope: 'openid email',
      },
    })
  })

  it('is what describeCloud reads from the folder', () => {
    expect(describeCloud(fixture.outFolder, ADDRESSES)).toEqual(describeEdited(() => undefined))
  })
})

describe('what is taken out of the template is missing in the description', () => {
  it('a route', () => {
    const { socketApis } = describeEdited((resources) => {
      delete resources[find(resources, 'AWS::ApiGatewayV2::Route', (text) => text.includes('$default')).id]
    })
    expect(socketApis[0]?.routes.map(({ key }) => key)).toEqual(['$connect', '$disconnect'])
  })

  it('an authorizer', () => {
    const { socketApis } = describeEdited((resources) => {
      find(resources, 'AWS::ApiGatewayV2::Route', (text) =>
        text.includes('$connect'),
      ).properties.AuthorizationType = 'NONE'
    })
    expect(socketApis[0]?.routes[0]?.authorizer).toBeUndefined()
  })

  it('an environment variable', () => {
    const description = describeEdited((resources) => {
      delete ourFunction(resources).properties.Environment.Variables.CONNECTIONS_URL
    })
    const { environment } = onlyFunction(description)
    expect(Object.keys(environment)).not.toContain('CONNECTIONS_URL')
    expect(Object.keys(environment)).toContain('WEB_ORIGIN')
  })

  it('an action of a permission', () => {
    const description = describeEdited((resources) => {
      const [table] = ourPolicy(resources).properties.PolicyDocument.Statement
      table.Action = table.Action.filter((action: string) => action !== 'dynamodb:PutItem')
    })
    expect(onlyFunction(description).statements.flatMap(({ actions }) => actions)).not.toContain(
      'dynamodb:PutItem',
    )
  })

  it('the whole policy', () => {
    const description = describeEdited((resources) => {
      delete resources[ourPolicy(resources).id]
    })
    expect(onlyFunction(description).statements).toEqual([])
  })

  it('the permission to invoke the function for a route', () => {
    const description = describeEdited((resources) => {
      delete resources[find(resources, 'AWS::Lambda::Permission', (text) => text.includes('$connect')).id]
    })
    expect(onlyFunction(description).invokers.map(({ sourceArn }) => sourceArn)).not.toContainEqual(
      expect.stringContaining('$connect'),
    )
  })

  it("the table's expiry, the stage's throttle and its log", () => {
    const { tables, socketApis } = describeEdited((resources) => {
      delete find(resources, 'AWS::DynamoDB::Table').properties.TimeToLiveSpecification
      const stage = find(resources, 'AWS::ApiGatewayV2::Stage').properties
      delete stage.DefaultRouteSettings
      delete stage.AccessLogSettings
    })
    expect(tables[0]).not.toHaveProperty('expiryAttribute')
    expect(socketApis[0]).not.toHaveProperty('throttle')
    expect(socketApis[0]).not.toHaveProperty('accessLogFormat')
  })

  it("the site's headers and a deployment", () => {
    const site = onlySite(
      describeEdited((resources) => {
        const { DefaultCacheBehavior } = find(resources, 'AWS::CloudFront::Distribution').properties
          .DistributionConfig
        delete DefaultCacheBehavior.ResponseHeadersPolicyId
        delete resources[
          find(resources, 'Custom::CDKBucketDeployment', (text) => text.includes('immutable')).id
        ]
      }),
    )
    expect(site.headers).toEqual({})
    expect(site.deployments.map(({ cacheControl }) => cacheControl)).toEqual(['no-cache', 'no-cache'])
  })
})
