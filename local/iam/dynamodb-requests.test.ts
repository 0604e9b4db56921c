import { expect, test } from 'vitest'
import { dynamodbRequests } from './dynamodb-requests.ts'

const arnOf = (table: string) => `arn:${table}`

test.each([
  ['one table', 'GetItem', { TableName: 'a' }, [['dynamodb:GetItem', 'arn:a']]],
  ['an index', 'Query', { TableName: 'a', IndexName: 'i' }, [['dynamodb:Query', 'arn:a/index/i']]],
  [
    'every table of a batch',
    'BatchGetItem',
    { RequestItems: { a: {}, b: {} } },
    [
      ['dynamodb:BatchGetItem', 'arn:a'],
      ['dynamodb:BatchGetItem', 'arn:b'],
    ],
  ],
  [
    'every part of a transaction, each under its own action',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName: 'a' } }, { ConditionCheck: { TableName: 'b' } }] },
    [
      ['dynamodb:PutItem', 'arn:a'],
      ['dynamodb:ConditionCheckItem', 'arn:b'],
    ],
  ],
  ['the list of all tables', 'ListTables', {}, [['dynamodb:ListTables', '*']]],
])('needs: %s', (_, operation, body, expected) => {
  expect(dynamodbRequests(operation, body, arnOf).map((r) => [r.action, r.resource])).toEqual(expected)
})

test.each([
  ['no table', 'GetItem', {}],
  ['a table that is no text', 'GetItem', { TableName: ['a'] }],
  ['an empty batch', 'BatchWriteItem', { RequestItems: {} }],
  ['an empty transaction', 'TransactGetItems', { TransactItems: [] }],
  ['an unknown part', 'TransactWriteItems', { TransactItems: [{ Put: { TableName: 'a' } }, { Other: {} }] }],
  ['a statement in PartiQL', 'ExecuteStatement', { Statement: 'SELECT * FROM a' }],
])('cannot be told: %s', (_, operation, body) => {
  expect(dynamodbRequests(operation, body, arnOf)).toEqual([])
})
