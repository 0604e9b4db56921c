import type { Assembly } from './assembly.ts'
import { inventResource } from './invented-resources.ts'
import { createResolver } from './resolver.ts'
import { TemplateError } from './template-error.ts'

/** One resource of the stack, without references. */
export interface ResolvedResource {
  readonly logicalId: string
  readonly type: string
  /** For messages: what stands where in the template. */
  readonly where: string
  readonly ref: string
  readonly attributes: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, unknown>>
  readonly dependsOn: readonly string[]
}

export interface ResolvedStack {
  readonly ofType: (type: string) => readonly ResolvedResource[]
  readonly assetFolder: (objectKey: string) => string
}

/** What AWS does for these has no counterpart on this machine, and nothing here behaves differently without it. */
const WITHOUT_COUNTERPART: ReadonlySet<string> = new Set([
  // Lets API Gateway write its access log.
  'AWS::ApiGateway::Account',
  // Lets CloudFront, and CloudFront alone, read the bucket.
  'AWS::CloudFront::OriginAccessControl',
  'AWS::S3::BucketPolicy',
  // The AWS command line of the CDK's own deployment function.
  'AWS::Lambda::LayerVersion',
  // Retention only: local logs go to the terminal.
  'AWS::Logs::LogGroup',
])

/** Resolves every resource of a known type; `described` are those that someone here reads. */
export function resolveStack(assembly: Assembly, described: ReadonlySet<string>): ResolvedStack {
  const { stackName, template, assetFolder } = assembly
  const resolve = createResolver(stackName, template)
  const resources: ResolvedResource[] = []
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const where = `${logicalId} (${resource.Type})`
    if (WITHOUT_COUNTERPART.has(resource.Type)) continue
    if (!described.has(resource.Type)) throw new TemplateError(`${where}: this type is not run here`)
    if (resource.Condition) throw new TemplateError(`${where}: conditional resources are not understood here`)
    resources.push({
      logicalId,
      type: resource.Type,
      where,
      ...(inventResource(stackName, logicalId, resource) ?? { ref: logicalId, attributes: {} }),
      properties: resolve(resource.Properties ?? {}, where) as Record<string, unknown>,
      dependsOn: [resource.DependsOn ?? []].flat(),
    })
  }
  return {
    ofType: (type) => resources.filter((resource) => resource.type === type),
    assetFolder,
  }
}
