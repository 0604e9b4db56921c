import type { PolicyStatement } from '../template/cloud-description.ts'

/**
 * Why a statement cannot be decided by, or undefined when it can. An empty list or a reference that was not
 * resolved would silently match nothing, which turns a Deny into nothing.
 */
export function unreadableStatement(statement: PolicyStatement): string | undefined {
  if (statement.actions.length === 0) return 'a policy statement names no action'
  if (statement.resources.length === 0) return 'a policy statement names no resource'
  const action = statement.actions.find((name) => name !== '*' && !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(name))
  if (action !== undefined) return `a policy statement names the action "${action}", which is none`
  const resource = statement.resources.find((arn) => arn !== '*' && !/^arn:[^${}]*$/.test(arn))
  if (resource !== undefined) return `a policy statement names the resource "${resource}", which is no ARN`
  return undefined
}
