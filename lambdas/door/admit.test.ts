import { describe, expect, it } from 'vitest'
import { DEVICE } from '../testing/samples.ts'
import { admit } from './admit.ts'

const ORIGIN = 'https://home.example'
const device = `mihari.v1, device.${DEVICE}`

describe('who is let in', () => {
  it.each([
    ['a browser of the site', 'mihari.v1', ORIGIN, { kind: 'viewer', id: 'local' }],
    ['a viewer that is no browser', 'mihari.v1', undefined, { kind: 'viewer', id: 'local' }],
    ['a device', device, undefined, { kind: 'device', id: DEVICE }],
    ['a device, without the space', device.replace(' ', ''), undefined, { kind: 'device', id: DEVICE }],
  ] as const)('[R1] %s', (_who, subprotocols, origin, principal) => {
    expect(admit({ subprotocols, origin }, ORIGIN)).toEqual(principal)
  })

  it.each([
    ['another protocol', 'chat'],
    ['another version', 'mihari.v9'],
    ['a credential before the protocol', `device.${DEVICE}, mihari.v1`],
    ['two credentials', `${device}, device.${DEVICE}`],
    ['an unknown kind of credential', 'mihari.v1, root.x'],
    ['a device id that is no thumbprint', 'mihari.v1, device.porch'],
    ['an empty credential', 'mihari.v1, device.'],
    ['nothing', undefined],
  ])('[R1] not %s', (_what, subprotocols) => {
    expect(admit({ subprotocols, origin: undefined }, ORIGIN)).toBeNull()
  })

  it.each([
    'https://evil.example',
    'https://home.example.evil.example',
    'http://home.example',
    'https://home.example:8443',
    'null',
    '',
  ])('[R2] not a page from %j, whatever it shows', (origin) => {
    expect(admit({ subprotocols: 'mihari.v1', origin }, ORIGIN)).toBeNull()
    expect(admit({ subprotocols: device, origin }, ORIGIN)).toBeNull()
  })
})
