const BODY_REFERENCE = /\$\{request\.body\.([^}]+)\}|\$request\.body\.([\w.-]+)/g

/** Routes that no message can ask for. */
const LIFECYCLE_ROUTES = ['$connect', '$disconnect']

/** The key of the route that a message goes to, or undefined when there is none for it. */
export function selectRoute(
  expression: string,
  body: string,
  routeKeys: ReadonlySet<string>,
): string | undefined {
  const selected = evaluate(expression, body)
  if (selected !== undefined && routeKeys.has(selected) && !LIFECYCLE_ROUTES.includes(selected))
    return selected
  return routeKeys.has('$default') ? '$default' : undefined
}

function evaluate(expression: string, body: string): string | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return undefined
  }
  return expression.replace(BODY_REFERENCE, (_, braced?: string, plain?: string) =>
    asText(valueAt(parsed, (braced ?? plain ?? '').split('.'))),
  )
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, name)
        ? (found as Record<string, unknown>)[name]
        : undefined,
    value,
  )
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
