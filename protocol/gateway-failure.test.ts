import { expect, test } from 'vitest'
import { gatewayFailure } from './gateway-failure.ts'

const frame = (message: string) =>
  JSON.stringify({ message, connectionId: 'YGU_VcPRDoECFDA=', requestId: 'YGU_WfOAjoEFbXA=' })

test.each(['Internal server error', 'Endpoint request timed out', 'Too Many Requests'])(
  'the gateway says that it failed: %s',
  (message) => {
    expect(gatewayFailure(frame(message))).toBe(message)
  },
)

test.each([
  ['that it knows no such route', frame('Forbidden')],
  ['a message of the protocol', '{"type":"hangup","call":"x","reason":"viewer-left"}'],
  ['no JSON', 'Internal server error'],
  ['null', 'null'],
  ['somebody else’s words', '{"message":"Internal server error"}'],
])('%s is no failure', (_, other) => {
  expect(gatewayFailure(other)).toBeNull()
})
