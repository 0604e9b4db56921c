import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { isCurrent } from './expiry.ts'
import type { Key, Partition } from './keys.ts'

export type Item = Record<string, unknown>
type Values = Readonly<Record<string, unknown>>

export interface TableOptions {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>
  readonly table: string
  /** Epoch ms. */
  now(): number
}

/** For conditions: as a read that comes upon nothing, and one that comes upon something. `:now` is always known. */
export const IS_FREE = '(attribute_not_exists(pk) OR expiresAt <= :now)'
export const IS_CURRENT = '(attribute_exists(pk) AND (attribute_not_exists(expiresAt) OR expiresAt > :now))'

export interface Table {
  get(key: Key): Promise<Item | null>
  /** Two items of different partitions, in one round trip. */
  getBoth(one: Key, other: Key): Promise<readonly [Item | null, Item | null]>
  query(partition: Partition): Promise<Item[]>
  /** False when the condition does not hold. */
  put(key: Key, item: Item, condition?: string, values?: Values): Promise<boolean>
  remove(key: Key, condition?: string, values?: Values): Promise<void>
  /** The item as it is then; null when the condition does not hold. `#state` stands for the reserved word. */
  update(key: Key, expression: string, condition: string | null, values: Values): Promise<Item | null>
}

/** DynamoDB with consistent reads, in which items past their expiry are missing. */
export function createTable({ client, table: TableName, now }: TableOptions): Table {
  const current = (item: Item | undefined): Item | null =>
    item !== undefined && isCurrent(item, now()) ? item : null

  const conditional = (condition: string | undefined, values: Values, expression = '') => {
    const text = `${condition} ${expression}`
    // DynamoDB refuses a value that no expression uses, and an empty list of them.
    const all = text.includes(':now') ? { ...values, ':now': now() / 1000 } : values
    return {
      ...(condition === undefined ? {} : { ConditionExpression: condition }),
      ...(Object.keys(all).length === 0 ? {} : { ExpressionAttributeValues: all }),
      ...(text.includes('#state') ? { ExpressionAttributeNames: { '#state': 'state' } } : {}),
    }
  }

  return {
    async get(Key) {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))
      return current(Item)
    },

    async getBoth(one, other) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [one, other], ConsistentRead: true } } }),
      )
      if (UnprocessedKeys?.[TableName] !== undefined) throw new Error('DynamoDB throttled a batch read')
      const found = (key: Key): Item | null =>
        current(Responses?.[TableName]?.find((item) => item['pk'] === key.pk && item['sk'] === key.sk))
      return [found(one), found(other)]
    },

    async query({ pk, prefix }) {
      const found: Item[] = []
      let ExclusiveStartKey: Item | undefined
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
            ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
          }),
        )
        found.push(...(page.Items ?? []))
        ExclusiveStartKey = page.LastEvaluatedKey
      } while (ExclusiveStartKey !== undefined)
      return found.filter((item) => isCurrent(item, now()))
    },

    async put(key, item, condition, values = {}) {
      const command = new PutCommand({
        TableName,
        Item: { ...key, ...item },
        ...conditional(condition, values),
      })
      return (await unlessRefused(client.send(command))) !== null
    },

    async remove(Key, condition, values = {}) {
      await unlessRefused(
        client.send(new DeleteCommand({ TableName, Key, ...conditional(condition, values) })),
      )
    },

    async update(Key, UpdateExpression, condition, values) {
      const command = new UpdateCommand({
        TableName,
        Key,
        UpdateExpression,
        ReturnValues: 'ALL_NEW',
        ...conditional(condition ?? undefined, values, UpdateExpression),
      })
      return (await unlessRefused(client.send(command)))?.Attributes ?? null
    },
  }
}

/** Null when the write's condition did not hold, which is an answer and not a failure. */
async function unlessRefused<Output>(write: Promise<Output>): Promise<Output | null> {
  try {
    return await write
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null
    throw error
  }
}
