import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Credential } from '../protocol/credentials.ts'
import { makeDeviceKey } from './device-credential.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { openRequests } from './requests.ts'
import { connectViewer, connectWire, socketAddress } from './wire-client.ts'

let mihari: MihariProcess
let url: string
let idToken: string

beforeAll(async () => {
  mihari = await spawnMihari()
  url = await socketAddress(mihari.url)
  idToken = (await mihari.signIn()).idToken
})

afterAll(async () => expect(await mihari?.stop()).toBe(0))

const device = makeDeviceKey()
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds

/** The token with some of its claims changed, and its signature as it was. */
function resealed(token: string, changes: object): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const changed = Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url')
  return [header, changed, signature].join('.')
}

function unsigned(token: string): string {
  const [, payload = ''] = token.split('.')
  return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
}

describe('the door of the running cloud refuses', () => {
  it.each<[string, () => Credential, string?]>([
    ['[R32] an ID token with another subject', () => bearer(resealed(idToken, { sub: 'somebody-else' }))],
    ['[R32] an ID token without a signature, alg none', () => bearer(unsigned(idToken))],
    ['[R31] a device’s token for another address', () => device.credential('wss://elsewhere.test/v1')],
    [
      '[R31] a device’s token for another device',
      () => device.credential(url, { sub: makeDeviceKey().device }),
    ],
    [
      '[R31] a device’s token that is good for too long',
      () => device.credential(url, { exp: inSeconds(3_600) }),
    ],
    ['[R29] a guest’s secret that no link has', () => ({ kind: 'guest', token: 'A'.repeat(22) })],
    ['[R2] a page of another site', () => bearer(idToken), 'https://evil.example'],
  ])('%s', async (_what, credential, origin) => {
    await expect(connectWire(url, credential(), origin === undefined ? {} : { origin })).rejects.toThrow(
      '403',
    )
  })

  it('[R31] a device’s token that was used before', async () => {
    const credential = device.credential(url)
    const first = await connectWire(url, credential)
    await expect(connectWire(url, credential)).rejects.toThrow('403')
    first.close()
  })

  it('[R31] with a word on the time, a device whose clock is wrong', async () => {
    const iat = inSeconds(-3_600)
    const client = await connectWire(url, device.credential(url, { iat, exp: iat + 60 }))
    client.sayHello()
    const { code, now } = await client.next('error')
    expect(code).toBe('clock-wrong')
    expect(Math.abs((now ?? 0) - Date.now())).toBeLessThan(5_000)
    await client.closed
  })
})

it('[R38] an unpaired device may do nothing but ask to be paired', async () => {
  const { client, cameras } = await connectViewer(url, idToken)
  const unpaired = await connectWire(url, device.credential(url))
  unpaired.say({
    type: 'hello',
    protocol: 1,
    software: { name: 'test', version: '1' },
    instance: 'i'.repeat(22),
    cameras: [{ name: 'spy', state: 'ready' }],
  })
  expect(await unpaired.next('welcome')).toMatchObject({ paired: false })
  client.sayHello()
  const welcome = await client.next('welcome')
  expect('cameras' in welcome && welcome.cameras).toHaveLength(cameras.size)
  client.close()
  unpaired.close()
})

it('[R39] a guessed pairing code claims nothing', async () => {
  const requests = await openRequests(url, idToken)
  const claim = { op: 'claim-device' as const, device: device.device, code: 'g'.repeat(22), label: 'Mine' }
  expect(await requests.ask(claim)).toMatchObject({ kind: 'refused', code: 'pairing-code-wrong' })
  requests.close()
})

function bearer(token: string): Credential {
  return { kind: 'bearer', token }
}
