import { expect, test } from 'vitest'
import { describeFailure } from './describe-failure.ts'

const failure = (code: string) => Object.assign(new Error('certificate trouble'), { code })

test.each([
  ['CERT_NOT_YET_VALID', /is the clock right\?/],
  ['CERT_HAS_EXPIRED', /is the clock right\?/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
  ['ECONNREFUSED', /^certificate trouble$/],
])('%s is told with what helps', (code, words) => {
  expect(describeFailure(failure(code))).toMatch(words)
})

test('the address that was tried is not told', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 192.0.2.1:443'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  })
  expect(describeFailure(refused)).toBe('connect ECONNREFUSED')
  const severalTried = Object.assign(new AggregateError([refused, refused]), { code: 'ETIMEDOUT' })
  expect(describeFailure(severalTried)).toBe('connect ETIMEDOUT')
})
