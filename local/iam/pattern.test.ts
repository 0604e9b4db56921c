import { expect, test } from 'vitest'
import { matchesAction, matchesArn } from './pattern.ts'

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/mihari'
const CONNECTION = 'arn:aws:execute-api:eu-west-1:111122223333:api1/prod/POST/@connections/YGU_VcPRDoECFDA='

test.each([
  ['the same', TABLE, TABLE, true],
  ['a lone star', '*', TABLE, true],
  ['a star for a part', 'arn:aws:dynamodb:*:*:table/mihari', TABLE, true],
  ['a star in the resource', 'arn:aws:dynamodb:eu-west-1:111122223333:table/mi*', TABLE, true],
  ['one character', 'arn:aws:dynamodb:eu-west-1:111122223333:table/mihar?', TABLE, true],
  ['another table', 'arn:aws:dynamodb:eu-west-1:111122223333:table/other', TABLE, false],
  ['a name that only begins alike', 'arn:aws:dynamodb:eu-west-1:111122223333:table/miha', TABLE, false],
  ['a table without its index', TABLE, `${TABLE}/index/byOwner`, false],
  ['every index of a table', `${TABLE}/index/*`, `${TABLE}/index/byOwner`, true],
  ['a star that would have to cross a part', 'arn:aws:dynamodb:*:table/mihari', TABLE, false],
  ['the first parts alone', 'arn:aws:dynamodb', TABLE, true],
  ['the first parts of another service', 'arn:aws:s3', TABLE, false],
  ['a star at the end that crosses colons', 'arn:aws:logs:*:*:*', 'arn:aws:logs:a:1:log-group:b:c', true],
  ['regular expression characters', 'arn:aws:dynamodb:eu-west-1:111122223333:table/mi.ari', TABLE, false],
  ['slashes under a star', 'arn:aws:execute-api:*:*:api1/*/*/@connections/*', CONNECTION, true],
  ['another stage', 'arn:aws:execute-api:*:*:api1/test/*/@connections/*', CONNECTION, false],
  ['an empty pattern', '', TABLE, false],
  ['a resource that is no ARN', 'arn:aws:dynamodb:*:*:*', '*', false],
])('ARN: %s', (_, pattern, arn, expected) => {
  expect(matchesArn(pattern, arn)).toBe(expected)
})

test.each([
  ['dynamodb:GetItem', true],
  ['DynamoDB:getitem', true],
  ['dynamodb:Get*', true],
  ['dynamodb:*', true],
  ['*', true],
  ['dynamodb:PutItem', false],
  ['s3:GetItem', false],
])('action %s', (pattern, expected) => {
  expect(matchesAction(pattern, 'dynamodb:GetItem')).toBe(expected)
})
