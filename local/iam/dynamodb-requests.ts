import type { AccessRequest } from './decide.ts'

/** Turns what a request calls a table, a name or an ARN, into the ARN. */
export type TableArn = (table: string) => string

type Body = Readonly<Record<string, unknown>>

const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
}

/**
 * What a DynamoDB operation needs to be allowed: every table that it names, and the index in place of the table
 * where it names one. Empty when that cannot be told.
 */
export function dynamodbRequests(operation: string, body: Body, tableArn: TableArn): AccessRequest[] {
  const action = `dynamodb:${operation}`
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(asRecord(body['RequestItems'])).map((table) => ({
        action,
        resource: tableArn(table),
      }))
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return transactionRequests(body['TransactItems'], tableArn)
    case 'ListTables':
      return [{ action, resource: '*' }]
    default: {
      const table = body['TableName']
      if (typeof table !== 'string' || table === '') return []
      const index = body['IndexName']
      const suffix = typeof index === 'string' ? `/index/${index}` : ''
      return [{ action, resource: tableArn(table) + suffix }]
    }
  }
}

function transactionRequests(items: unknown, tableArn: TableArn): AccessRequest[] {
  if (!Array.isArray(items)) return []
  const requests: AccessRequest[] = []
  for (const [kind, part] of items.flatMap((item) => Object.entries(asRecord(item)))) {
    const action = TRANSACTION_ACTIONS[kind]
    const table = asRecord(part)['TableName']
    // One part that cannot be read leaves the whole transaction unreadable.
    if (!action || typeof table !== 'string') return []
    requests.push({ action: `dynamodb:${action}`, resource: tableArn(table) })
  }
  return requests
}

function asRecord(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {}
}
