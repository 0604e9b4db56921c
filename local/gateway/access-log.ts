/** Why something was refused, for the log alone. */
export interface AccessProblem {
  readonly integrationErrorMessage?: string
  readonly authorizerError?: string
}

/** Renders a stage's access log format; a variable without a value is `-`, as in API Gateway. */
export function renderAccessLog(format: string, context: Readonly<Record<string, unknown>>): string {
  return format.replace(/\$context\.([A-Za-z]\w*(?:\.\w+)*)/g, (_, path: string) => {
    const value = path.split('.').reduce<unknown>(property, context)
    return value === undefined || value === null || typeof value === 'object' ? '-' : String(value)
  })
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
