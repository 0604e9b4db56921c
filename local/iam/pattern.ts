const compiled = new Map<string, RegExp>()

/** `*` stands for any characters, `?` for exactly one. */
function matchesPattern(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern)
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
    expression = new RegExp(`^${source}$`, 's')
    compiled.set(pattern, expression)
  }
  return expression.test(text)
}

/** IAM compares actions without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase())
}

const ARN_PARTS = 6

/**
 * A wildcard stays inside its part of the ARN, except in the last part, the resource, which may itself hold
 * colons. A pattern with fewer parts than an ARN has matches anything in the missing ones.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true
  const actual = partsOf(arn)
  if (actual.length < ARN_PARTS) return false
  return partsOf(pattern).every((part, index) => matchesPattern(part, actual[index] ?? ''))
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':')
  const resource = parts.slice(ARN_PARTS - 1).join(':')
  return parts.length < ARN_PARTS ? parts : [...parts.slice(0, ARN_PARTS - 1), resource]
}
