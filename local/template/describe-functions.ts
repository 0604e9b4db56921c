import type { FunctionDescription, InvokePermission } from './cloud-description.ts'
import { userPoolIssuer } from './invented-resources.ts'
import type { LeadAddress } from './lead-address.ts'
import { objectOf, refuseUnknown, requireValue, textOf } from './properties.ts'
import type { ResolvedResource, ResolvedStack } from './resolved-stack.ts'
import { roleStatements } from './role-statements.ts'
import { TemplateError } from './template-error.ts'

const KNOWN = [
  'Architectures',
  'Code',
  'Description',
  'Environment',
  'Handler',
  // Where AWS writes the log; locally it goes to the terminal.
  'LoggingConfig',
  'MemorySize',
  'Role',
  'Runtime',
  'Tags',
  'Timeout',
]

/** The functions of the stack but the CDK's own, which run at deploy time. */
export function describeFunctions(stack: ResolvedStack, lead: LeadAddress): readonly FunctionDescription[] {
  const deployTime = stack
    .ofType('Custom::CDKBucketDeployment')
    .map(({ properties, where }) => textOf(properties, 'ServiceToken', where))
  return stack
    .ofType('AWS::Lambda::Function')
    .filter(({ attributes }) => !deployTime.includes(String(attributes.Arn)))
    .map((resource) => describeFunction(resource, stack, lead))
}

function describeFunction(
  { ref, attributes, properties, where }: ResolvedResource,
  stack: ResolvedStack,
  lead: LeadAddress,
): FunctionDescription {
  refuseUnknown(properties, KNOWN, where)
  const runtime = textOf(properties, 'Runtime', where)
  if (!runtime.startsWith('nodejs')) throw new TemplateError(`${where}: ${runtime} is not run here`)
  const arn = String(attributes.Arn)
  const variables = objectOf(objectOf(properties, 'Environment', where), 'Variables', where)
  const issuers = stack.ofType('AWS::Cognito::UserPool').map((pool) => userPoolIssuer(pool.ref))
  const variable = (name: string) => {
    const value = textOf(variables, name, where)
    // What tokens name their issuer by is not where one finds it.
    return issuers.includes(value) ? value : lead(value, `${where}: ${name}`)
  }
  return {
    name: ref,
    arn,
    codeFolder: stack.assetFolder(textOf(objectOf(properties, 'Code', where), 'S3Key', where)),
    handler: textOf(properties, 'Handler', where),
    // Lambda's own defaults: 128 MB, 3 seconds.
    memoryMb: Number(properties.MemorySize ?? 128),
    timeoutMs: Number(properties.Timeout ?? 3) * 1000,
    environment: Object.fromEntries(Object.keys(variables).map((name) => [name, variable(name)])),
    statements: roleStatements(stack, textOf(properties, 'Role', where)),
    invokers: invokers(stack, [ref, arn]),
  }
}

function invokers(stack: ResolvedStack, names: readonly string[]): readonly InvokePermission[] {
  return stack
    .ofType('AWS::Lambda::Permission')
    .filter(({ properties, where }) => names.includes(textOf(properties, 'FunctionName', where)))
    .map(({ properties, where }) => {
      refuseUnknown(properties, ['Action', 'FunctionName', 'Principal', 'SourceArn'], where)
      requireValue(properties, 'Action', 'lambda:InvokeFunction', where)
      return {
        principal: textOf(properties, 'Principal', where),
        ...('SourceArn' in properties && { sourceArn: textOf(properties, 'SourceArn', where) }),
      }
    })
}
