import type { TableDescription } from '../template/cloud-description.ts'
import type { Engine } from './dynalite-engine.ts'

/** DynamoDB leaves items alone whose time lies further back than this, against clocks that are wrong. */
const FIVE_YEARS_S = 5 * 365 * 24 * 60 * 60

/** Deletes the items of a table whose expiry attribute (epoch seconds) lies in the past. */
export async function sweepExpired(engine: Engine, table: TableDescription, nowMs: number): Promise<void> {
  if (table.expiryAttribute === undefined) return
  const now = Math.floor(nowMs / 1000)
  const expired = {
    TableName: table.name,
    ExpressionAttributeNames: { '#expiry': table.expiryAttribute },
    ExpressionAttributeValues: { ':now': { N: String(now) }, ':oldest': { N: String(now - FIVE_YEARS_S) } },
  }
  const condition = '#expiry < :now AND #expiry > :oldest'
  let from: unknown
  do {
    const page = await engine.call('Scan', {
      ...expired,
      FilterExpression: condition,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    })
    for (const item of page['Items'] as readonly Record<string, unknown>[]) {
      await deleteUnlessRenewed(engine, {
        ...expired,
        Key: keyOf(table, item),
        ConditionExpression: condition,
      })
    }
    from = page['LastEvaluatedKey']
  } while (from !== undefined)
}

async function deleteUnlessRenewed(engine: Engine, parameters: Record<string, unknown>) {
  await engine.call('DeleteItem', parameters).catch((error) => {
    if (error.reason !== 'ConditionalCheckFailedException') throw error
  })
}

function keyOf(table: TableDescription, item: Record<string, unknown>) {
  const schema = table.createTable['KeySchema'] as readonly { AttributeName: string }[]
  return Object.fromEntries(schema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]))
}
