import { unreadableStatement } from './iam/unreadable-statement.ts'
import type { CloudDescription } from './template/cloud-description.ts'

/** The template asks for something that cannot be run as it stands. */
export class CloudError extends Error {
  override readonly name = 'CloudError'
}

/** What cannot be run faithfully fails the start, rather than being left out. */
export function checkedDescription(description: CloudDescription): CloudDescription {
  for (const { name, statements } of description.functions) {
    for (const statement of statements) {
      const problem = unreadableStatement(statement)
      if (problem !== undefined) throw new CloudError(`Function ${name}: ${problem}`)
    }
  }
  // Locally the stage alone tells the APIs apart.
  const stages = description.socketApis.map(({ stage }) => stage)
  const twice = stages.find((stage, index) => stages.indexOf(stage) !== index)
  if (twice !== undefined) throw new CloudError(`Two WebSocket APIs have a stage named ${twice}`)
  if (description.sites.length > 1) throw new CloudError('There is more than one site for one address')
  if (description.userPools.length > 1)
    throw new CloudError('There is more than one user pool for one address')
  return description
}
