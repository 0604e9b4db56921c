import { expect, test } from 'vitest'
import { cognitoRequests } from './cognito-requests.ts'

const arnOf = (id: string) => `arn:${id}`

test('an operation needs to be allowed on the pool that it names', () => {
  const body = { UserPoolId: 'a_1', Username: 'somebody@example.org' }
  expect(cognitoRequests('AdminCreateUser', body, arnOf)).toEqual([
    { action: 'cognito-idp:AdminCreateUser', resource: 'arn:a_1' },
  ])
})

test.each([
  ['no pool', 'AdminCreateUser', {}],
  ['a pool that is no text', 'AdminCreateUser', { UserPoolId: ['a_1'] }],
  ['an empty pool', 'AdminCreateUser', { UserPoolId: '' }],
  ['no operation', '', { UserPoolId: 'a_1' }],
  ['an operation of whoever signs in', 'InitiateAuth', { ClientId: 'a' }],
])('cannot be told: %s', (_, operation, body) => {
  expect(cognitoRequests(operation, body, arnOf)).toEqual([])
})
