import { expect, test } from 'vitest'
import { decide } from './decide.ts'

const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/mihari'
const read = { action: 'dynamodb:GetItem', resource: table }
const write = { action: 'dynamodb:PutItem', resource: table }
const allowRead = { effect: 'Allow', actions: ['dynamodb:GetItem'], resources: [table] } as const
const allowAll = { effect: 'Allow', actions: ['*'], resources: ['*'] } as const
const denyRead = { effect: 'Deny', actions: ['dynamodb:Get*'], resources: [table] } as const

test('what a statement allows is allowed', () => {
  expect(decide([allowRead], [read])).toEqual({ kind: 'allowed' })
})

test('what no statement allows is refused', () => {
  expect(decide([allowRead], [write])).toEqual({ kind: 'refused', request: write, explicitly: false })
  expect(decide([], [read])).toEqual({ kind: 'refused', request: read, explicitly: false })
})

test('an explicit Deny wins over any Allow, in either order', () => {
  const refused = { kind: 'refused', request: read, explicitly: true }
  expect(decide([allowAll, denyRead], [read])).toEqual(refused)
  expect(decide([denyRead, allowAll], [read])).toEqual(refused)
})

test('a call that needs several things needs all of them', () => {
  expect(decide([allowRead], [read, write])).toEqual({ kind: 'refused', request: write, explicitly: false })
})

test('a call of which it is not known what it needs is refused, whatever is allowed', () => {
  expect(decide([allowAll], [])).toEqual({ kind: 'refused', request: undefined, explicitly: false })
})

test('action and resource have to come from the same statement', () => {
  const other = { effect: 'Allow', actions: ['dynamodb:PutItem'], resources: [`${table}2`] } as const
  expect(decide([allowRead, other], [write]).kind).toBe('refused')
})
