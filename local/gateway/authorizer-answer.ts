import type { InvokeResult } from '../functions/invocation.ts'
import { decide } from '../iam/decide.ts'
import type { PolicyStatement } from '../template/cloud-description.ts'
import type { AuthorizerContext } from './events.ts'
import { AUTHORIZER_ANSWER_BYTES } from './limits.ts'

export type AuthorizerVerdict =
  | { readonly kind: 'allowed'; readonly context: AuthorizerContext }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 500 }

const BROKEN = { kind: 'refused', status: 500 } as const

/** Reads what a Lambda authorizer answered about `methodArn`. */
export function readAuthorizerAnswer(result: InvokeResult, methodArn: string): AuthorizerVerdict {
  if (!result.ok) {
    return result.error.errorMessage === 'Unauthorized' ? { kind: 'refused', status: 401 } : BROKEN
  }
  const answer = asRecord(result.value)
  const statements = readStatements(asRecord(answer?.['policyDocument'])?.['Statement'])
  const context = readContext(answer?.['context'] ?? {})
  const principalId = answer?.['principalId']
  if (!statements || !context || typeof principalId !== 'string') return BROKEN
  if (Buffer.byteLength(JSON.stringify(answer)) > AUTHORIZER_ANSWER_BYTES) return BROKEN
  const decision = decide(statements, [{ action: 'execute-api:Invoke', resource: methodArn }])
  if (decision.kind === 'refused') return { kind: 'refused', status: 403 }
  return { kind: 'allowed', context: { principalId, ...context } }
}

type Fields = Readonly<Record<string, unknown>>

function readStatements(value: unknown): PolicyStatement[] | undefined {
  const list = Array.isArray(value) ? value : [value]
  const statements = list.map(readStatement)
  return statements.every((statement) => statement !== undefined) ? statements : undefined
}

function readStatement(value: unknown): PolicyStatement | undefined {
  const { Effect: effect, Action, Resource, Sid: _, ...other } = asRecord(value) ?? {}
  const actions = texts(Action)
  const resources = texts(Resource)
  // Conditions and their like would have to be understood before anybody is let in by them.
  if (Object.keys(other).length > 0 || !actions || !resources) return undefined
  if (effect === 'Deny') return { effect, actions, resources }
  if (effect !== 'Allow') return undefined
  // Seen on the real service: `*/*` in place of stage and route does not let anybody connect.
  return { effect, actions, resources: resources.filter((resource) => !resource.endsWith('/*/*')) }
}

/** The values of an authorizer's context reach the later events as strings. */
function readContext(value: unknown): Record<string, string> | undefined {
  const context: Record<string, string> = {}
  for (const [name, part] of Object.entries(asRecord(value) ?? {})) {
    if (!['string', 'number', 'boolean'].includes(typeof part)) return undefined
    context[name] = String(part)
  }
  return context
}

function texts(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.every((text) => typeof text === 'string') ? list : undefined
}

function asRecord(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}
