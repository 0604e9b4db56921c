import { expect, test } from 'vitest'
import { authorizerMayInvoke, routeMayInvoke } from './invoke-permission.ts'

const API = 'arn:aws:execute-api:eu-west-1:111122223333:api1'
const gateway = (sourceArn?: string) => [
  { principal: 'apigateway.amazonaws.com', ...(sourceArn === undefined ? {} : { sourceArn }) },
]

test.each([
  ['the route', gateway(`${API}/*$connect`), true],
  ['any source', gateway(), true],
  ['every route', gateway(`${API}/*`), true],
  ['another route', gateway(`${API}/*$default`), false],
  ['another API', gateway('arn:aws:execute-api:eu-west-1:111122223333:api2/*'), false],
  ['only an authorizer', gateway(`${API}/authorizers/abc123`), false],
  ['another principal', [{ principal: 's3.amazonaws.com' }], false],
  ['nobody', [], false],
])('$connect may invoke a function that permits %s: %#', (_, invokers, expected) => {
  expect(routeMayInvoke(invokers, API, 'prod', '$connect')).toBe(expected)
})

test.each([
  ['an authorizer', gateway(`${API}/authorizers/abc123`), true],
  ['every source of the API', gateway(`${API}/*`), true],
  ['only a route', gateway(`${API}/*$connect`), false],
  ['another API', gateway('arn:aws:execute-api:eu-west-1:111122223333:api2/authorizers/abc123'), false],
  ['nobody', [], false],
])('the authorizer may invoke a function that permits %s', (_, invokers, expected) => {
  expect(authorizerMayInvoke(invokers, API)).toBe(expected)
})
