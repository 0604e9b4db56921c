import { randomUUID } from 'node:crypto'
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

/**
 * A write is tried again when its answer is lost, and is refused then if it had taken effect: each leaves its mark, by
 * which it knows its own.
 */
const MARK = 'writtenBy'

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

  /** What the item is after the write; null when the condition did not hold, which is an answer and not a failure. */
  const unlessRefused = async (
    key: Key,
    mark: string,
    write: Promise<{ readonly Attributes?: Item | undefined }>,
  ): Promise<Item | null> => {
    try {
      return (await write).Attributes ?? {}
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      if ((error.$metadata.attempts ?? 1) === 1) return null
      const item = await table.get(key)
      return item?.[MARK] === mark ? item : null
    }
  }

  const table: Table = {
    async get(Key) {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))
      return current(Item)
    },

    async getBoth(one, other) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [one, other], ConsistentRead: true } } }),
      )
      // A throttled batch is an answer to the SDK, a throttled item a failure, which it tries again.
      if (UnprocessedKeys?.[TableName] !== undefined) return Promise.all([table.get(one), table.get(other)])
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
      const mark = randomUUID()
      const command = new PutCommand({
        TableName,
        Item: { ...key, ...item, [MARK]: mark },
        ...conditional(condition, values),
      })
      return (await unlessRefused(key, mark, client.send(command))) !== null
    },

    async remove(Key, condition, values = {}) {
      const command = new DeleteCommand({ TableName, Key, ...conditional(condition, values) })
      await unlessRefused(Key, '', client.send(command))
    },

    async update(Key, expression, condition, values) {
      const mark = randomUUID()
      const UpdateExpression = `${expression}, ${MARK} = :mark`
      const command = new UpdateCommand({
        TableName,
        Key,
        UpdateExpression,
        ReturnValues: 'ALL_NEW',
        ...conditional(condition ?? undefined, { ...values, ':mark': mark }, UpdateExpression),
      })
      return unlessRefused(Key, mark, client.send(command))
    },
  }
  return table
}
