import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBuiltFixture } from '../../cdk/built-fixture.ts'
import { type Assembly, readAssembly } from './assembly.ts'
import type { CloudDescription, FunctionDescription, SiteDescription } from './cloud-description.ts'
import { describeAssembly, describeCloud } from './describe-cloud.ts'
import { synthesize } from './synthesize.ts'
import { TemplateError } from './template-error.ts'

const ADDRESSES = {
  site: 'http://localhost:8080',
  socket: 'ws://localhost:8080',
  connections: 'http://127.0.0.1:40001',
}

/** The template as an edit finds it: any resource's properties may be anything. */
interface Editable {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reaches into whatever the CDK wrote.
  readonly Properties: any
}

const built = writeBuiltFixture()
let assembly: Assembly

beforeAll(async () => {
  const outFolder = join(built, 'cdk.out')
  await synthesize({ outFolder, report: () => undefined, builtIn: built })
  assembly = readAssembly(outFolder)
})

afterAll(() => rmSync(built, { recursive: true }))

/** Describes the real template after an edit of its resources. */
function describeEdited(edit: (resources: Record<string, Editable>) => void): CloudDescription {
  const template = structuredClone(assembly.template)
  edit(template.Resources as Record<string, Editable>)
  return describeAssembly({ ...assembly, template }, ADDRESSES)
}

function find(
  resources: Record<string, Editable>,
  type: string,
  has: (properties: string) => boolean = () => true,
) {
  const found = Object.entries(resources).find(
    ([, { Type, Properties }]) => Type === type && has(JSON.stringify(Properties)),
  )
  if (!found) throw new Error(`no ${type}`)
  return { id: found[0], properties: found[1].Properties }
}

const ourFunction = (resources: Record<string, Editable>) =>
  find(resources, 'AWS::Lambda::Function', (text) => text.includes('nodejs24.x'))

const ourPolicy = (resources: Record<string, Editable>) =>
  find(resources, 'AWS::IAM::Policy', (text) => text.includes('dynamodb:'))

function onlyFunction({ functions }: CloudDescription): FunctionDescription {
  expect(functions).toHaveLength(1)
  return functions[0] as FunctionDescription
}

function onlySite({ sites }: CloudDescription): SiteDescription {
  expect(sites).toHaveLength(1)
  return sites[0] as SiteDescription
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
    expect(ours.environment).toEqual({
      TABLE_NAME: description.tables[0]?.name,
      CONNECTIONS_URL: 'http://127.0.0.1:40001/v1',
      WEB_ORIGIN: 'http://localhost:8080',
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
      resources: [`${api?.arn}/v1/POST/@connections/*`],
    })
  })

  it('has a site whose policy and config name the local socket', () => {
    const site = onlySite(describeEdited(() => undefined))
    expect(site).toMatchObject({
      origin: 'http://localhost:8080',
      defaultRootObject: 'index.html',
      errorPages: [{ status: 403, answer: 404, path: '/index.html' }],
    })
    expect(site.headers['content-security-policy']).toContain("connect-src 'self' ws://localhost:8080;")
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
    expect(JSON.parse(deployed)).toEqual({ socket: 'ws://localhost:8080/v1' })
  })

  it('is what describeCloud reads from the folder', () => {
    expect(describeCloud(join(built, 'cdk.out'), ADDRESSES)).toEqual(describeEdited(() => undefined))
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
    expect(Object.keys(onlyFunction(description).environment)).toEqual([
      'TABLE_NAME',
      'WEB_ORIGIN',
      'ICE_SERVERS',
      'LOG_LEVEL',
    ])
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

describe('what would not be done here as AWS does it stops the start', () => {
  it.each<[string, (resources: Record<string, Editable>) => void, string]>([
    [
      'a condition in a policy of the function',
      (resources) => {
        ourPolicy(resources).properties.PolicyDocument.Statement[0].Condition = { Bool: { a: 'true' } }
      },
      'a policy statement: Condition is not understood here',
    ],
    [
      'everything but an action',
      (resources) => {
        const [statement] = ourPolicy(resources).properties.PolicyDocument.Statement
        delete statement.Action
        statement.NotAction = 'dynamodb:Scan'
      },
      'NotAction is not understood here',
    ],
    [
      'a statement without a resource',
      (resources) => {
        delete ourPolicy(resources).properties.PolicyDocument.Statement[0].Resource
      },
      'a policy statement without Resource',
    ],
    [
      'a resource of a policy that is not in the template',
      (resources) => {
        ourPolicy(resources).properties.PolicyDocument.Statement[0].Resource = {
          'Fn::GetAtt': ['Gone', 'Arn'],
        }
      },
      'refers to Gone',
    ],
    [
      'a managed policy, whose text nobody here knows',
      (resources) => {
        const { Role } = ourFunction(resources).properties
        const role = resources[Role['Fn::GetAtt'][0]] as Editable
        role.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess']
      },
      'ManagedPolicyArns is not understood here',
    ],
    [
      'a layer under the function',
      (resources) => {
        ourFunction(resources).properties.Layers = ['arn:aws:lambda:us-east-1:000000000000:layer:x:1']
      },
      'Layers is not understood here',
    ],
    [
      'another runtime',
      (resources) => {
        ourFunction(resources).properties.Runtime = 'python3.13'
      },
      'python3.13 is not run here',
    ],
    [
      'code that is not among the assets',
      (resources) => {
        ourFunction(resources).properties.Code.S3Key = 'gone.zip'
      },
      'no folder among the assets of Mihari becomes gone.zip',
    ],
    [
      'an address in pieces that cannot be led to this machine',
      (resources) => {
        const api = find(resources, 'AWS::ApiGatewayV2::Api').id
        ourFunction(resources).properties.Environment.Variables.API_ID = { Ref: api }
      },
      'otherwise than in an address that can be led here',
    ],
    [
      'a route to an integration that is gone',
      (resources) => {
        delete resources[find(resources, 'AWS::ApiGatewayV2::Integration').id]
      },
      'which the template does not have',
    ],
    [
      'a route that answers its caller',
      (resources) => {
        find(resources, 'AWS::ApiGatewayV2::Route').properties.RouteResponseSelectionExpression = '$default'
      },
      'RouteResponseSelectionExpression is not understood here',
    ],
    [
      'a stage that somebody must deploy',
      (resources) => {
        delete find(resources, 'AWS::ApiGatewayV2::Stage').properties.AutoDeploy
      },
      'AutoDeploy must be true here',
    ],
    [
      'a function in front of the site',
      (resources) => {
        const { DefaultCacheBehavior } = find(resources, 'AWS::CloudFront::Distribution').properties
          .DistributionConfig
        DefaultCacheBehavior.FunctionAssociations = [{}]
      },
      'FunctionAssociations is not understood here',
    ],
    [
      'a deployment that prunes',
      (resources) => {
        find(resources, 'Custom::CDKBucketDeployment').properties.Prune = true
      },
      'Prune must be false here',
    ],
    [
      'a conditional resource',
      (resources) => {
        Object.assign(resources[find(resources, 'AWS::DynamoDB::Table').id] as Editable, { Condition: 'A' })
      },
      'conditional resources are not understood here',
    ],
    [
      'a type that nobody here runs',
      (resources) => {
        resources.Queue = { Type: 'AWS::SQS::Queue', Properties: {} }
      },
      'Queue (AWS::SQS::Queue): this type is not run here',
    ],
  ])('%s', (_, edit, message) => {
    expect(() => describeEdited(edit)).toThrow(TemplateError)
    expect(() => describeEdited(edit)).toThrow(message)
  })

  it('a folder without a synth in it', () => {
    expect(() => describeCloud(built, ADDRESSES)).toThrow(/manifest\.json is no output of a synth/)
  })
})
