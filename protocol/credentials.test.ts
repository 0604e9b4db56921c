import { expect, it } from 'vitest'
import { readSubprotocols, subprotocolsFor } from './credentials.ts'

it.each([{ kind: 'none' }, { kind: 'device', token: 'abc-_' }] as const)(
  '[R1] reads what it writes: %j',
  (credential) => {
    expect(readSubprotocols(subprotocolsFor(credential).join(', '))).toEqual(credential)
  },
)
