import type { AddressInfo } from 'node:net'
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import dynalite from 'dynalite'
import { afterAll, beforeAll } from 'vitest'
import { callStoreContract } from '../testing/call-store-contract.ts'
import { doorStoreContract } from '../testing/door-store-contract.ts'
import { storeContract } from '../testing/store-contract.ts'
import { createDynamodbStore } from './dynamodb-store.ts'

const server = dynalite({ createTableMs: 0 })
let client: DynamoDBClient
let tables = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
})

afterAll(async () => {
  client.destroy()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

async function open(now: () => number) {
  tables += 1
  const table = `mihari-test-${tables}`
  await client.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  )
  await waitUntilTableExists(
    { client, maxWaitTime: 10, minDelay: 0.005, maxDelay: 0.02 },
    { TableName: table },
  )
  return createDynamodbStore({ client: DynamoDBDocumentClient.from(client), table, now })
}

storeContract('DynamoDB', open)
callStoreContract('DynamoDB', open)
doorStoreContract('DynamoDB', open)
