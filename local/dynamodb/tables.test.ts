import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { afterEach, expect, test } from 'vitest'
import type { Refusal } from '../iam/refusal.ts'
import type { FunctionDescription, PolicyStatement, TableDescription } from '../template/cloud-description.ts'
import { eventually } from '../testing/eventually.ts'
import { manualClock } from '../testing/manual-clock.ts'
import type { ConsumedCapacity } from './consumed-capacity.ts'
import { openTables, type Tables } from './tables.ts'

const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/mihari'
const CALLS: TableDescription = {
  name: 'mihari',
  arn: ARN,
  expiryAttribute: 'expiresAt',
  createTable: {
    TableName: 'mihari',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'bySort',
        KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    SSESpecification: { Enabled: true },
  },
}
const ALL: PolicyStatement = { effect: 'Allow', actions: ['dynamodb:*'], resources: [ARN, `${ARN}/index/*`] }

const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

interface Setting {
  statements?: readonly PolicyStatement[]
  folder?: string
  accessKeyId?: string
  description?: TableDescription
}

async function open({
  statements = [ALL],
  folder,
  accessKeyId = 'ASIACALLER',
  description = CALLS,
}: Setting = {}) {
  const clock = manualClock(Date.UTC(2031, 0, 2))
  const refused: Refusal[] = []
  const consumed: ConsumedCapacity[] = []
  const caller: FunctionDescription = {
    name: 'relay',
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:relay',
    codeFolder: '',
    handler: '',
    memoryMb: 128,
    timeoutMs: 3000,
    environment: {},
    statements,
    invokers: [],
  }
  const tables = await openTables({
    descriptions: [description],
    clock,
    callerOf: (key) => (key === 'ASIACALLER' ? caller : undefined),
    onRefused: (refusal) => refused.push(refusal),
    onConsumed: (capacity) => consumed.push(capacity),
    ...(folder === undefined ? {} : { folder }),
  })
  const server = await serve(tables)
  const { port } = server.address() as AddressInfo
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId, secretAccessKey: 'secret' },
    maxAttempts: 1,
  })
  const close = async () => {
    client.destroy()
    server.closeAllConnections()
    server.close()
    await tables.close()
  }
  return { tables, client, clock, refused, consumed, close, port }
}

async function opened(setting?: Setting) {
  const all = await open(setting)
  cleanUps.push(all.close)
  return all
}

async function serve(tables: Tables): Promise<Server> {
  const server = createServer((request, response) => tables.handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const item = (pk: string, more: object = {}) => ({ pk: { S: pk }, sk: { S: 'a' }, ...more })
const put = (pk: string, more: object = {}) =>
  new PutItemCommand({ TableName: 'mihari', Item: item(pk, more) })
const get = (pk: string) => new GetItemCommand({ TableName: 'mihari', Key: item(pk) })

test('the table of the template is there and keeps items', async () => {
  const { client } = await opened()
  await client.send(put('a', { n: { N: '1' } }))
  expect((await client.send(get('a'))).Item).toEqual(item('a', { n: { N: '1' } }))
})

test('an index of an on-demand table can be queried', async () => {
  const { client } = await opened()
  await client.send(put('a'))
  const answer = await client.send(
    new QueryCommand({
      TableName: 'mihari',
      IndexName: 'bySort',
      KeyConditionExpression: 'sk = :a',
      ExpressionAttributeValues: { ':a': { S: 'a' } },
    }),
  )
  expect(answer.Items).toEqual([item('a')])
})

test('conditional writes fail by name', async () => {
  const { client } = await opened()
  const create = new UpdateItemCommand({
    TableName: 'mihari',
    Key: item('a'),
    UpdateExpression: 'SET n = :n',
    ConditionExpression: 'attribute_not_exists(pk)',
    ExpressionAttributeValues: { ':n': { N: '1' } },
  })
  await client.send(create)
  await expect(client.send(create)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' })
})

test('a table that the template does not name is missing', async () => {
  const { client } = await opened({ statements: [{ effect: 'Allow', actions: ['*'], resources: ['*'] }] })
  const other = new GetItemCommand({ TableName: 'other', Key: item('a') })
  await expect(client.send(other)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

const READ_ONLY: PolicyStatement = { effect: 'Allow', actions: ['dynamodb:GetItem'], resources: [ARN] }

test('what the policy does not allow is refused as AWS does, and told', async () => {
  const { client, refused } = await opened({ statements: [READ_ONLY] })
  await client.send(get('a'))
  await expect(client.send(put('a'))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
    message:
      'User: arn:aws:sts::111122223333:assumed-role/relay/relay is not authorized to perform: dynamodb:PutItem ' +
      `on resource: ${ARN} because no identity-based policy allows the dynamodb:PutItem action`,
  })
  expect(refused).toEqual([
    { caller: 'relay', request: { action: 'dynamodb:PutItem', resource: ARN }, message: expect.any(String) },
  ])
})

test('an explicit Deny is refused whatever else allows it', async () => {
  const { client } = await opened({ statements: [ALL, { ...READ_ONLY, effect: 'Deny' }] })
  await expect(client.send(get('a'))).rejects.toThrow(/explicit deny/)
})

test('a batch needs every table that it names', async () => {
  const { client } = await opened({ statements: [{ ...READ_ONLY, actions: ['dynamodb:BatchGetItem'] }] })
  const batch = (tables: string[]) =>
    new BatchGetItemCommand({
      RequestItems: Object.fromEntries(tables.map((table) => [table, { Keys: [item('a')] }])),
    })
  await client.send(batch(['mihari']))
  await expect(client.send(batch(['mihari', 'other']))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
})

test('credentials of nobody here are refused', async () => {
  const { client } = await opened({ accessKeyId: 'ASIANOBODY' })
  await expect(client.send(get('a'))).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
})

test('an unsigned request is refused', async () => {
  const { port } = await opened()
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ __type: expect.stringMatching(/MissingAuthenticationToken/) })
})

test('an operation that the engine lacks is an error by name', async () => {
  const { client } = await opened()
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName: 'mihari', Item: item('a') } }],
  })
  await expect(client.send(transaction)).rejects.toMatchObject({ name: 'UnknownOperationException' })
})

test('expired items are deleted, others and those without a time stay', async () => {
  const { client, clock, tables } = await opened()
  const now = clock.now() / 1000
  await client.send(put('expires later', { expiresAt: { N: String(now + 60) } }))
  await client.send(put('expires much later', { expiresAt: { N: String(now + 3600) } }))
  await client.send(put('never'))
  await client.send(put('no number', { expiresAt: { S: '1' } }))
  await client.send(put('implausible', { expiresAt: { N: '1' } }))
  clock.advance(61_000)
  expect((await client.send(get('expires later'))).Item).toBeDefined()
  await tables.sweep()
  expect((await client.send(get('expires later'))).Item).toBeUndefined()
  for (const pk of ['expires much later', 'never', 'no number', 'implausible']) {
    expect((await client.send(get(pk))).Item).toBeDefined()
  }
})

test('the sweep comes by itself as time passes', async () => {
  const { client, clock } = await opened()
  await client.send(put('a', { expiresAt: { N: String(clock.now() / 1000 + 60) } }))
  clock.advance(10 * 60_000)
  await eventually(async () => (await client.send(get('a'))).Item).toBeUndefined()
})

test('consumed capacity is counted and not shown to who did not ask', async () => {
  const { client, consumed } = await opened()
  const answer = await client.send(put('a', { text: { S: 'x'.repeat(1500) } }))
  await client.send(get('a'))
  const asked = await client.send(
    new GetItemCommand({
      TableName: 'mihari',
      Key: item('a'),
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    }),
  )
  expect(answer.ConsumedCapacity).toBeUndefined()
  expect(asked.ConsumedCapacity?.CapacityUnits).toBe(1)
  expect(consumed).toEqual([
    { readUnits: 0, writeUnits: 2 },
    { readUnits: 0.5, writeUnits: 0 },
    { readUnits: 1, writeUnits: 0 },
  ])
})

test('items outlive the process in the data folder, and a changed table is not silently another', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'mihari-tables-')), 'tables')
  cleanUps.push(() => rmSync(folder, { recursive: true }))
  const first = await open({ folder })
  await first.client.send(put('a'))
  await first.close()
  const second = await open({ folder })
  expect((await second.client.send(get('a'))).Item).toEqual(item('a'))
  await second.close()
  const changed = { ...CALLS, createTable: { ...CALLS.createTable, GlobalSecondaryIndexes: [] } }
  await expect(open({ folder, description: changed })).rejects.toThrow(/other keys or indexes/)
})

test('a table with a stream is refused, because nothing would come of it', async () => {
  const description = {
    ...CALLS,
    createTable: { ...CALLS.createTable, StreamSpecification: { StreamEnabled: true } },
  }
  await expect(open({ description })).rejects.toThrow(/has a stream/)
})
