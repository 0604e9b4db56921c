import { type Assembly, readAssembly } from './assembly.ts'
import type { CloudDescription, LocalAddresses } from './cloud-description.ts'
import { describeFunctions } from './describe-functions.ts'
import { describeSites } from './describe-sites.ts'
import { describeSocketApis } from './describe-socket-apis.ts'
import { describeTables } from './describe-tables.ts'
import { describeUserPools } from './describe-user-pools.ts'
import { createLeadAddress } from './lead-address.ts'
import { resolveStack } from './resolved-stack.ts'

/** Every type that one of the descriptions reads. */
const DESCRIBED: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolUser',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::S3::Bucket',
  'Custom::CDKBucketDeployment',
])

/**
 * Reads what a synth left in `cdkOutFolder`. Throws TemplateError for anything in it that would not be run here as
 * AWS runs it.
 */
export function describeCloud(cdkOutFolder: string, addresses: LocalAddresses): CloudDescription {
  return describeAssembly(readAssembly(cdkOutFolder), addresses)
}

export function describeAssembly(assembly: Assembly, addresses: LocalAddresses): CloudDescription {
  const stack = resolveStack(assembly, DESCRIBED)
  const lead = createLeadAddress(stack, addresses)
  return {
    tables: describeTables(stack),
    functions: describeFunctions(stack, lead),
    socketApis: describeSocketApis(stack),
    sites: describeSites(stack, addresses.site, lead),
    userPools: describeUserPools(stack, lead),
  }
}
