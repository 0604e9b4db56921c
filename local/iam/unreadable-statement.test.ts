import { expect, test } from 'vitest'
import { unreadableStatement } from './unreadable-statement.ts'

const readable = {
  effect: 'Allow',
  actions: ['dynamodb:GetItem'],
  resources: ['arn:aws:dynamodb:a:1:table/b'],
} as const

test('actions of a service on ARNs or a star can be decided by', () => {
  expect(unreadableStatement(readable)).toBeUndefined()
  expect(unreadableStatement({ ...readable, actions: ['*'], resources: ['*'] })).toBeUndefined()
})

test.each([
  ['no action', { ...readable, actions: [] }],
  ['no resource', { ...readable, resources: [] }],
  ['an action without a service', { ...readable, actions: ['GetItem'] }],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a CloudFormation reference that was not resolved
  ['a reference that was not resolved', { ...readable, resources: ['arn:aws:dynamodb:a:1:table/${Table}'] }],
  ['a resource that is no ARN', { ...readable, resources: ['Table'] }],
])('unreadable: %s', (_, statement) => {
  expect(unreadableStatement(statement)).toMatch(/^a policy statement names/)
})
