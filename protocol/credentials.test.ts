import { describe, expect, it } from 'vitest'
import { MAX_SUBPROTOCOLS_BYTES, readSubprotocols, subprotocolsFor } from './credentials.ts'

describe('the credential in the handshake', () => {
  it.each([
    { kind: 'bearer', token: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln' },
    { kind: 'device', token: 'abc-_.def.ghi' },
    { kind: 'guest', token: 'A'.repeat(22) },
  ] as const)('[R1, R29] reads what it writes: %j', (credential) => {
    expect(readSubprotocols(subprotocolsFor(credential).join(', '))).toEqual(credential)
    expect(readSubprotocols(subprotocolsFor(credential).join(','))).toEqual(credential)
  })

  it.each([
    ['none', 'mihari.v1'],
    ['an empty one', 'mihari.v1, bearer.'],
    ['one of an unknown kind', 'mihari.v1, root.x'],
    ['one named like an object’s own method', 'mihari.v1, constructor.x'],
    ['two', 'mihari.v1, guest.a, guest.b'],
    ['one before the protocol', 'guest.a, mihari.v1'],
    ['one of another protocol', 'mihari.v9, guest.a'],
    ['one with what no token has', 'mihari.v1, guest.a"b'],
    ['one that is longer than the header may be', `mihari.v1, bearer.${'a'.repeat(MAX_SUBPROTOCOLS_BYTES)}`],
  ])('[R29] is not read from a header with %s', (_what, header) => {
    expect(readSubprotocols(header)).toBeNull()
  })
})
