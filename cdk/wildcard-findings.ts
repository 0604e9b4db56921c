import { Stack, Validations } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'

/** Says why the wildcards in these ARNs are as narrow as they can be; anything else in the scope is still found. */
export function acknowledgeWildcards(scope: Construct, arns: readonly string[], reason: string): void {
  const stack = Stack.of(scope)
  for (const arn of arns) {
    Validations.of(scope).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${flatten(stack.resolve(arn))}]`,
      reason,
    })
  }
}

/** cdk-nag names a finding by its ARN, with each reference written as `<LogicalId.Attribute>`. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value
  const [[intrinsic, argument] = []] = Object.entries(Object(value) as Record<string, unknown>)
  switch (intrinsic) {
    case 'Ref':
      return `<${argument}>`
    case 'Fn::GetAtt':
      return `<${(argument as string[]).join('.')}>`
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]]
      return parts.map(flatten).join(separator)
    }
    default:
      throw new Error(`no name for a finding about ${JSON.stringify(value)}`)
  }
}
