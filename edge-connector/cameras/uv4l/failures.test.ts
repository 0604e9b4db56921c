import { expect, test } from 'vitest'
import { httpFailure, socketFailure } from './failures.ts'

test.each([
  ['ECONNREFUSED', 'camera-unreachable'],
  ['ENOTFOUND', 'camera-unreachable'],
  ['EAI_AGAIN', 'camera-unreachable'],
  ['EHOSTUNREACH', 'camera-unreachable'],
  ['ENETUNREACH', 'camera-unreachable'],
  ['ETIMEDOUT', 'camera-unreachable'],
  ['ESOMETHING', 'camera-unreachable'],
  ['ECONNRESET', 'camera-closed'],
  ['EPROTO', 'camera-garbled'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'camera-garbled'],
  ['HPE_INVALID_CONSTANT', 'camera-garbled'],
  [undefined, 'camera-garbled'],
])('[R21] the socket error %s is told as %s', (code, failure) => {
  expect(socketFailure({ code })).toMatchObject({ type: 'failed', code: failure })
})

test.each([
  [401, 'camera-password'],
  [403, 'camera-password'],
  [404, 'camera-garbled'],
  [200, 'camera-garbled'],
  [429, 'camera-refused'],
  [503, 'camera-refused'],
])('[R21] an upgrade answered with HTTP %i is told as %s', (status, failure) => {
  expect(httpFailure(status)).toMatchObject({ type: 'failed', code: failure })
})
