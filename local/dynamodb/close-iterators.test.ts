import { createRequire } from 'node:module'
import { expect, it, vi } from 'vitest'
import { openEngine } from './dynalite-engine.ts'

const { AbstractValueIterator } = createRequire(createRequire(import.meta.url).resolve('dynalite'))(
  'abstract-level',
)

it('a query leaves nothing open in the store', async () => {
  const close = vi.spyOn(AbstractValueIterator.prototype, 'close')
  const engine = openEngine()
  await engine.call('CreateTable', {
    TableName: 'things',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  })
  const query = () =>
    engine.call('Query', {
      TableName: 'things',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'one' } },
    })
  await vi.waitUntil(() => query().catch(() => null))
  close.mockClear()
  for (let asked = 0; asked < 5; asked += 1) await query()
  await vi.waitUntil(() => close.mock.calls.length >= 5)
  expect(close).toHaveBeenCalledTimes(5)
  await engine.close()
})
