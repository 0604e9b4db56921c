import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { expect, it } from 'vitest'
import { createTable, IS_FREE, type Item, type TableOptions } from './table.ts'

const KEY = { pk: 'P', sk: 'S' }
const OTHER = { pk: 'Q', sk: 'S' }

function tableOf(answer: (command: unknown) => object) {
  const send = async (command: unknown) => answer(command)
  return createTable({ client: { send } as unknown as TableOptions['client'], table: 't', now: () => 0 })
}

const refused = (attempts: number) =>
  new ConditionalCheckFailedException({ message: 'refused', $metadata: { attempts } })

/** A database that has `item`, and refuses every write at its so-manieth attempt. */
function refusing(attempts: number, item: (written: Item) => Item) {
  let written: Item = {}
  let reads = 0
  const table = tableOf((command) => {
    if (command instanceof GetCommand) {
      reads += 1
      return { Item: item(written) }
    }
    if (command instanceof PutCommand) written = command.input.Item ?? {}
    if (command instanceof UpdateCommand) {
      written = { ...KEY, writtenBy: command.input.ExpressionAttributeValues?.[':mark'] }
    }
    throw refused(attempts)
  })
  return { table, reads: () => reads }
}

it('knows its own write whose answer was lost, and that was refused when it was tried again', async () => {
  const own = refusing(2, (written) => written)
  expect(await own.table.put(KEY, { a: 1 }, IS_FREE)).toBe(true)
  expect(await own.table.update(KEY, 'SET a = :a', IS_FREE, { ':a': 1 })).toMatchObject(KEY)
  const others = refusing(2, (written) => ({ ...written, writtenBy: 'somebody else' }))
  expect(await others.table.put(KEY, { a: 1 }, IS_FREE)).toBe(false)
  expect(await others.table.update(KEY, 'SET a = :a', IS_FREE, { ':a': 1 })).toBeNull()
})

it('takes a write that was refused at once for refused, and reads nothing', async () => {
  const { table, reads } = refusing(1, (written) => written)
  expect(await table.put(KEY, { a: 1 }, IS_FREE)).toBe(false)
  expect(await table.update(KEY, 'SET a = :a', IS_FREE, { ':a': 1 })).toBeNull()
  expect(reads()).toBe(0)
})

it('reads each by itself when the database has no capacity for both at once', async () => {
  const table = tableOf((command) => {
    if (command instanceof BatchGetCommand) {
      return { Responses: { t: [{ ...KEY, n: 1 }] }, UnprocessedKeys: { t: { Keys: [OTHER] } } }
    }
    const { Key } = (command as GetCommand).input
    return { Item: { ...Key, n: 2 } }
  })
  expect(await table.getBoth(KEY, OTHER)).toEqual([
    { ...KEY, n: 2 },
    { ...OTHER, n: 2 },
  ])
})
