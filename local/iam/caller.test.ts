import { expect, test } from 'vitest'
import { callerAccessKeyId } from './caller.ts'

const SIGNED =
  'AWS4-HMAC-SHA256 Credential=ASIA0123456789ABCDEF/20260102/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00'

test.each([
  ['a signed request', SIGNED, 'ASIA0123456789ABCDEF'],
  ['no header', undefined, undefined],
  ['another scheme', 'Bearer Credential=ASIA0123456789ABCDEF/', undefined],
  ['no credential', 'AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00', undefined],
])('caller of %s', (_, header, expected) => {
  expect(callerAccessKeyId(header)).toBe(expected)
})
