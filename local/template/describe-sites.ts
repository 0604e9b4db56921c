import type { SiteDescription } from './cloud-description.ts'
import { describeDeployments } from './describe-deployments.ts'
import type { LeadAddress } from './lead-address.ts'
import { asObject, listOf, objectOf, type Properties, refuseUnknown, textOf } from './properties.ts'
import type { ResolvedResource, ResolvedStack } from './resolved-stack.ts'
import { policyHeaders } from './response-headers.ts'
import { TemplateError } from './template-error.ts'

const KNOWN = [
  'Comment',
  'CustomErrorResponses',
  'DefaultCacheBehavior',
  'DefaultRootObject',
  'Enabled',
  'HttpVersion',
  'IPV6Enabled',
  'Origins',
  'PriceClass',
]

const KNOWN_OF_BEHAVIOR = [
  'CachePolicyId',
  'Compress',
  'ResponseHeadersPolicyId',
  'TargetOriginId',
  'ViewerProtocolPolicy',
]

/** `origin` is where the site is reached on this machine. */
export function describeSites(
  stack: ResolvedStack,
  origin: string,
  lead: LeadAddress,
): readonly SiteDescription[] {
  return stack.ofType('AWS::CloudFront::Distribution').map(({ attributes, properties, where }) => {
    const config = objectOf(properties, 'DistributionConfig', where)
    refuseUnknown(config, KNOWN, where)
    const behavior = objectOf(config, 'DefaultCacheBehavior', where)
    refuseUnknown(behavior, KNOWN_OF_BEHAVIOR, where)
    return {
      domainName: String(attributes.DomainName),
      origin,
      defaultRootObject: textOf(config, 'DefaultRootObject', where),
      deployments: describeDeployments(originBucket(config, behavior, where, stack), stack, lead),
      headers: policyHeaders(behavior.ResponseHeadersPolicyId, where, stack, lead),
      errorPages: listOf(config, 'CustomErrorResponses', where).map((page) => errorPage(page, where)),
    }
  })
}

function originBucket(
  config: Properties,
  behavior: Properties,
  where: string,
  stack: ResolvedStack,
): ResolvedResource {
  const origin = listOf(config, 'Origins', where)
    .map((item) => asObject(item, where))
    .find(({ Id }) => Id === behavior.TargetOriginId)
  const bucket = stack
    .ofType('AWS::S3::Bucket')
    .find(({ attributes }) => origin && attributes.RegionalDomainName === origin.DomainName)
  if (!bucket) throw new TemplateError(`${where}: its origin must be a bucket of the template`)
  return bucket
}

function errorPage(page: unknown, where: string): SiteDescription['errorPages'][number] {
  const { ErrorCode, ResponseCode, ResponsePagePath } = asObject(page, where)
  if (
    typeof ErrorCode !== 'number' ||
    typeof ResponseCode !== 'number' ||
    typeof ResponsePagePath !== 'string'
  ) {
    throw new TemplateError(`${where}: an error response needs a code, a page and the code to answer`)
  }
  return { status: ErrorCode, answer: ResponseCode, path: ResponsePagePath }
}
