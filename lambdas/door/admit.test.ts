import { createLocalJWKSet } from 'jose'
import { describe, expect, it } from 'vitest'
import { MAX_SUBPROTOCOLS_BYTES } from '../../protocol/credentials.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import { admit, type Door } from './admit.ts'
import { deviceKey, SOCKET_URL } from './testing/device-key.ts'
import { CLIENT, claims, ISSUER, idToken, jwksOf, NOW, signingKey } from './testing/issuer.ts'

const ORIGIN = 'https://home.example'
const key = signingKey('k')
const device = deviceKey()

function createDoor(): Door {
  const store = createMemoryStore(() => NOW)
  const keyOf = createLocalJWKSet(JSON.parse(jwksOf(key)))
  return {
    webOrigin: ORIGIN,
    socketUrl: SOCKET_URL,
    issuer: ISSUER,
    clientId: CLIENT,
    keyOf,
    store,
    now: () => NOW,
  }
}
const show = (subprotocols: string | undefined, origin?: string) =>
  admit({ subprotocols, origin }, createDoor())

describe('who is let in', () => {
  it('[R1, R29] a person, from a browser of the site or none', async () => {
    const subprotocols = `mihari.v1, bearer.${await idToken(key)}`
    expect(await show(subprotocols, ORIGIN)).toMatchObject({ kind: 'person' })
    expect(await show(subprotocols)).toMatchObject({ kind: 'person' })
  })

  it('[R1, R29] a device, without the space too', async () => {
    expect(await show(`mihari.v1, device.${device.token()}`)).toEqual({ kind: 'device', id: device.id })
    expect(await show(`mihari.v1,device.${device.token()}`)).toEqual({ kind: 'device', id: device.id })
  })

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['no credential', 'mihari.v1'],
    ['an empty credential', 'mihari.v1, device.'],
    ['another protocol', 'chat'],
    ['another version', `mihari.v9, device.${device.token()}`],
    ['a credential before the protocol', `device.${device.token()}, mihari.v1`],
    ['two credentials', `mihari.v1, device.${device.token()}, device.${device.token()}`],
    ['an unknown kind of credential', 'mihari.v1, root.x'],
    ['an oversize header', `mihari.v1, bearer.${'a'.repeat(MAX_SUBPROTOCOLS_BYTES)}`],
  ])('[R1, R29] not %s', async (_what, subprotocols) => {
    expect(await show(subprotocols)).toEqual({ kind: 'refused', why: 'no-credential' })
  })

  it('[R29] not a person’s token as a device’s, nor a device’s as a person’s, nor either as a guest’s', async () => {
    const person = await idToken(key, claims({ sub: device.id, aud: SOCKET_URL }))
    expect(await show(`mihari.v1, device.${person}`)).toMatchObject({ kind: 'refused' })
    expect(await show(`mihari.v1, bearer.${device.token()}`)).toMatchObject({ kind: 'refused' })
    expect(await show(`mihari.v1, guest.${person}`)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    'https://evil.example',
    'https://home.example.evil.example',
    'http://home.example',
    'https://home.example:8443',
    'https://HOME.example',
    'null',
    '',
  ])('[R2] Origin of another site: not from %j, whatever it shows', async (origin) => {
    const refused = { kind: 'refused', why: 'origin' }
    expect(await show(`mihari.v1, bearer.${await idToken(key)}`, origin)).toEqual(refused)
    expect(await show(`mihari.v1, device.${device.token()}`, origin)).toEqual(refused)
    expect(await show(`mihari.v1, guest.${'g'.repeat(22)}`, origin)).toEqual(refused)
  })
})
