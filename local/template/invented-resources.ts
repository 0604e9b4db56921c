import { createHash } from 'node:crypto'
import type { TemplateResource } from './template.ts'

const PSEUDO_PARAMETERS = {
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::URLSuffix': 'amazonaws.com',
} as const

const {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': PARTITION,
  'AWS::Region': REGION,
  'AWS::URLSuffix': SUFFIX,
} = PSEUDO_PARAMETERS

/** What `Ref` and `Fn::GetAtt` give of a resource. */
export interface InventedResource {
  readonly ref: string
  readonly attributes: Readonly<Record<string, string>>
}

/** The physical name in AWS's style, and an id: the same for the same template at every start. */
interface Invented {
  readonly name: string
  readonly id: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** What may be referred to; anything else is an error where it is referred to. */
const INVENT: Readonly<Record<string, (invented: Invented) => InventedResource>> = {
  'AWS::ApiGatewayV2::Api': ({ id }) => ({
    ref: id,
    attributes: { ApiId: id, ApiEndpoint: `wss://${apiDomain(id)}` },
  }),
  'AWS::ApiGatewayV2::Authorizer': ({ id }) => ({ ref: id, attributes: { AuthorizerId: id } }),
  'AWS::ApiGatewayV2::Integration': ({ id }) => ({ ref: id, attributes: {} }),
  'AWS::ApiGatewayV2::Route': ({ id }) => ({ ref: id, attributes: { RouteId: id } }),
  'AWS::ApiGatewayV2::Stage': ({ properties }) => ({ ref: String(properties.StageName), attributes: {} }),
  'AWS::CloudFront::Distribution': ({ id }) => ({
    ref: id,
    attributes: { Id: id, DomainName: `d${id}.cloudfront.net` },
  }),
  'AWS::CloudFront::OriginAccessControl': ({ id }) => ({ ref: id, attributes: { Id: id } }),
  'AWS::CloudFront::ResponseHeadersPolicy': ({ id }) => ({ ref: id, attributes: { Id: id } }),
  'AWS::Cognito::UserPool': ({ id }) => {
    const poolId = `${REGION}_${id}`
    return {
      ref: poolId,
      attributes: {
        Arn: arn('cognito-idp', `userpool/${poolId}`),
        ProviderURL: userPoolIssuer(poolId),
        UserPoolId: poolId,
      },
    }
  },
  'AWS::Cognito::UserPoolClient': ({ id }) => ({ ref: id, attributes: { ClientId: id } }),
  'AWS::DynamoDB::Table': ({ name }) => named(name, arn('dynamodb', `table/${name}`)),
  'AWS::IAM::Role': ({ name }) => named(name, `arn:${PARTITION}:iam::${ACCOUNT}:role/${name}`),
  'AWS::Lambda::Function': ({ name }) => named(name, arn('lambda', `function:${name}`)),
  'AWS::Lambda::LayerVersion': ({ name }) => ({ ref: arn('lambda', `layer:${name}:1`), attributes: {} }),
  'AWS::Logs::LogGroup': ({ name }) => named(name, arn('logs', `log-group:${name}:*`)),
  'AWS::S3::Bucket': ({ name }) => {
    const bucket = name.toLowerCase()
    return {
      ref: bucket,
      attributes: {
        Arn: `arn:${PARTITION}:s3:::${bucket}`,
        RegionalDomainName: `${bucket}.s3.${REGION}.${SUFFIX}`,
      },
    }
  },
}

export function inventResource(
  stackName: string,
  logicalId: string,
  resource: TemplateResource,
): InventedResource | undefined {
  const name = `${stackName}-${logicalId}`
  const id = createHash('sha256').update(name).digest('hex').slice(0, 10)
  return INVENT[resource.Type]?.({ name, id, properties: resource.Properties ?? {} })
}

/** What `Ref` gives without a resource. */
export function stackParameters(stackName: string): Readonly<Record<string, string>> {
  const digits = createHash('sha256').update(stackName).digest('hex')
  const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  return {
    ...PSEUDO_PARAMETERS,
    'AWS::StackName': stackName,
    'AWS::StackId': arn('cloudformation', `stack/${stackName}/${uuid}`),
  }
}

/** Host of the issuers and key sets of all user pools. */
export const USER_POOLS_HOST = `cognito-idp.${REGION}.${SUFFIX}`

export function userPoolIssuer(poolId: string): string {
  return `https://${USER_POOLS_HOST}/${poolId}`
}

export function managedLoginDomain(prefix: string): string {
  return `${prefix}.auth.${REGION}.amazoncognito.com`
}

export function apiDomain(apiId: string): string {
  return `${apiId}.execute-api.${REGION}.${SUFFIX}`
}

export function arn(service: string, resource: string): string {
  return `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT}:${resource}`
}

function named(name: string, resourceArn: string): InventedResource {
  return { ref: name, attributes: { Arn: resourceArn } }
}
