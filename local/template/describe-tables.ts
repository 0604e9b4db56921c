import type { TableDescription } from './cloud-description.ts'
import { objectOf, refuseUnknown } from './properties.ts'
import type { ResolvedStack } from './resolved-stack.ts'

/** What CreateTable takes under the same name. */
const CREATE_TABLE = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'ProvisionedThroughput',
]

/** How AWS keeps the data; the local table is one file. */
const KEEPING = [
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'Tags',
  'TimeToLiveSpecification',
]

export function describeTables(stack: ResolvedStack): readonly TableDescription[] {
  return stack.ofType('AWS::DynamoDB::Table').map(({ ref, attributes, properties, where }) => {
    refuseUnknown(properties, [...CREATE_TABLE, ...KEEPING], where)
    const { AttributeName, Enabled } = objectOf(properties, 'TimeToLiveSpecification', where)
    return {
      name: ref,
      arn: String(attributes.Arn),
      createTable: {
        TableName: ref,
        ...Object.fromEntries(Object.entries(properties).filter(([name]) => CREATE_TABLE.includes(name))),
      },
      ...(Enabled === true && { expiryAttribute: String(AttributeName) }),
    }
  })
}
