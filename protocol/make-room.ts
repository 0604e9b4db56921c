import type { Role } from './welcome.ts'

/** Whose call ends at a full camera when an owner takes over: the youngest guest's, else the youngest viewer's [R37]. */
export function whoMakesRoom<Call extends { readonly role: Role; readonly startedAt: number }>(
  calls: readonly Call[],
): Call | undefined {
  return youngest(calls, 'guest') ?? youngest(calls, 'viewer')
}

function youngest<Call extends { readonly role: Role; readonly startedAt: number }>(
  calls: readonly Call[],
  role: Role,
): Call | undefined {
  return calls
    .filter((call) => call.role === role)
    .reduce<Call | undefined>(
      (found, call) => (found !== undefined && found.startedAt >= call.startedAt ? found : call),
      undefined,
    )
}
