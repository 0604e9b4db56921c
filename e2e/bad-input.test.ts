import { connect, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import type { ErrorCode } from '../protocol/error-codes.ts'
import type { Candidate } from '../protocol/ice.ts'
import { makeDeviceKey } from './device-credential.ts'
import { type HeadlessCall, watchHeadless } from './headless-viewer.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { connectViewer, connectWire, newId, socketAddress, type WireClient } from './wire-client.ts'

const cameras = new Map<string, SimulatedCamera>()
let closing: WebSocketServer
let mihari: MihariProcess
let url: string
let idToken: string
let cameraIds: ReadonlyMap<string, string>
/** A picture that goes on beside everything that is done to the others. */
let watching: { client: WireClient; call: HeadlessCall }

beforeAll(async () => {
  const simulated = {
    good: startSimulatedCamera({ maxStreams: 10 }),
    // More streams than calls that the connector lets through by default.
    popular: startSimulatedCamera({ maxStreams: 10 }),
    'one-feed': startSimulatedCamera({ quirks: { oneFeed: true } }),
    refusing: startSimulatedCamera({ quirks: { refuse: 'Camera is on holiday' } }),
    garbled: startSimulatedCamera({ quirks: { garbage: true } }),
    secret: startSimulatedCamera({ password: 'sesame' }),
    early: startSimulatedCamera({ quirks: { earlyCandidates: true } }),
    object: startSimulatedCamera({ quirks: { objectData: true } }),
    batch: startSimulatedCamera({ quirks: { noTrickle: true } }),
    slow: startSimulatedCamera({ quirks: { slowStartMs: 1_000 } }),
  }
  for (const [name, starting] of Object.entries(simulated)) cameras.set(name, await starting)
  closing = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => closing.once('listening', () => resolve()))
  closing.on('connection', (socket) => socket.once('message', () => socket.close()))
  const urls = {
    ...Object.fromEntries([...cameras].map(([name, { url: address }]) => [name, address])),
    closing: `ws://127.0.0.1:${portOf(closing)}/stream/webrtc`,
    absent: `ws://127.0.0.1:${await freePort()}/stream/webrtc`,
  }
  mihari = await spawnMihari(
    Object.entries(urls).flatMap(([name, address]) => ['--camera', `${name}=${address}`]),
  )
  url = await socketAddress(mihari.url)
  idToken = (await mihari.signIn()).idToken
  const viewer = await enter()
  cameraIds = viewer.cameras
  watching = { client: viewer.client, call: await watchHeadless(viewer.client, camera('good')) }
})

afterAll(async () => {
  watching?.call.hangUp()
  expect(await mihari?.stop()).toBe(0)
  await Promise.all([...cameras.values()].map((simulated) => simulated.close()))
  closing?.close()
})

const enter = () => connectViewer(url, idToken)
const camera = (name: string): string => cameraIds.get(name) ?? `no camera ${name}`

async function expectOthersGoOn(): Promise<void> {
  const first = await watching.call.nextCaptureTime()
  expect(await watching.call.nextCaptureTime()).toBeGreaterThan(first)
  expect(watching.client.untaken.filter(({ type }) => type === 'error' || type === 'hangup')).toEqual([])
}

describe('a camera that', () => {
  it.each([
    ['refuses', 'refusing', 'camera-refused'],
    ['answers garbage', 'garbled', 'camera-garbled'],
    ['closes early', 'closing', 'camera-closed'],
    ['is not there', 'absent', 'camera-unreachable'],
    ['wants a password', 'secret', 'camera-password'],
  ] satisfies [string, string, ErrorCode][])(
    '[R21] %s is told to its viewer as such',
    async (_what, name, code) => {
      const { client } = await enter()
      const call = newId()
      client.say({ type: 'call', call, camera: camera(name) })
      const error = await client.next('error')
      expect(error).toMatchObject({ code, call })
      if (code === 'camera-refused') expect(error.detail).toContain('Camera is on holiday')
      client.close()
      await expectOthersGoOn()
    },
  )

  it.each(['early', 'object', 'batch'])('has the quirk "%s" plays', async (name) => {
    const { client } = await enter()
    const call = await watchHeadless(client, camera(name))
    expect(await call.nextCaptureTime()).toBeGreaterThan(0)
    call.hangUp()
    client.close()
  })

  it('[R20] has its three calls is busy for a fourth, plays for the three, and is free again after a hangup', async () => {
    const watch = async () => {
      const { client } = await enter()
      return { client, call: await watchHeadless(client, camera('popular')) }
    }
    const fourth = await enter()
    const three = [await watch(), await watch(), await watch()]
    expect(await nextPresence(fourth.client, camera('popular'))).toBe('busy')
    for (const { client } of three) {
      void client.next('alive').then((asked) => client.say(asked))
    }
    const call = newId()
    fourth.client.say({ type: 'call', call, camera: camera('popular') })
    expect(await fourth.client.next('error')).toMatchObject({ code: 'camera-busy', call })
    for (const one of three) expect(await one.call.nextCaptureTime()).toBeGreaterThan(0)
    expect(cameras.get('popular')?.sessions()).toBe(3)
    three[0]?.call.hangUp()
    expect(await nextPresence(fourth.client, camera('popular'))).toBe('online')
    const again = await watchHeadless(fourth.client, camera('popular'))
    expect(await again.nextCaptureTime()).toBeGreaterThan(0)
    again.hangUp()
    for (const one of three.slice(1)) one.call.hangUp()
    for (const { client } of [...three, fourth]) client.close()
    await expectOthersGoOn()
  })

  it('has fewer feeds than calls refuses in its own words, and is free again after a hangup', async () => {
    const first = await enter()
    const second = await enter()
    const call = await watchHeadless(first.client, camera('one-feed'))
    expect(await call.nextCaptureTime()).toBeGreaterThan(0)
    second.client.say({ type: 'call', call: newId(), camera: camera('one-feed') })
    expect(await second.client.next('error')).toMatchObject({ code: 'camera-refused' })
    expect(await call.nextCaptureTime()).toBeGreaterThan(0)
    call.hangUp()
    await expect.poll(() => cameras.get('one-feed')?.sessions()).toBe(0)
    const again = await watchHeadless(second.client, camera('one-feed'))
    expect(await again.nextCaptureTime()).toBeGreaterThan(0)
    again.hangUp()
    first.client.close()
    second.client.close()
  })
})

describe('a client that', () => {
  it.each([
    ['the cloud, at its stage', () => `${url}`],
    ['the cloud, elsewhere', () => url.replace('/v1', '/nope')],
    ['a camera, at its path', () => cameras.get('good')?.url ?? ''],
    ['a camera, elsewhere', () => (cameras.get('good')?.url ?? '').replace('/stream', '//nope')],
  ])('resets its connection to %s in the middle of the handshake ends only that', async (_where, address) => {
    for (let round = 0; round < 20; round += 1) await resetDuringUpgrade(address())
    await expectOthersGoOn()
  })

  it.each([
    ['sends no JSON', '{', 'bad-message'],
    ['sends an unknown type', '{"type":"reboot"}', 'unknown-type'],
    ['leaves a field out', '{"type":"call"}', 'bad-message'],
    ['nests without end', `${'['.repeat(9_000)}`, 'bad-message'],
  ])('[R8] %s is told so and stays connected', async (_what, frame, code) => {
    const { client } = await enter()
    client.sayRaw(frame)
    expect(await client.next('error')).toMatchObject({ code })
    client.sayRaw('{"type":"reboot"}')
    expect(await client.next('error')).toMatchObject({ code: 'unknown-type' })
    client.close()
    await expectOthersGoOn()
  })

  it('[R7] sends too much, or binary, is closed by the gateway', async () => {
    const large = await enter()
    large.client.sayRaw(JSON.stringify({ type: 'call', padding: 'x'.repeat(33 * 1024) }))
    expect(await large.client.closed).toBe(1009)
    const binary = await enter()
    binary.client.sayRaw(Buffer.from([1, 2, 3]))
    expect(await binary.client.closed).toBe(1003)
    await expectOthersGoOn()
  })

  it('[R14, R38] speaks in a call that does not exist, or poses as the host of one, reaches nobody', async () => {
    const { client } = await enter()
    client.say({ type: 'alive', call: newId(), camera: camera('good') })
    expect(await client.next('error')).toMatchObject({ code: 'unknown-call' })
    client.close()
    const device = await connectWire(url, makeDeviceKey().credential(url))
    device.say({ type: 'hangup', call: watching.call.call, reason: 'camera-closed' })
    expect(await device.next('error')).toMatchObject({ code: 'not-paired' })
    device.close()
    await expectOthersGoOn()
  })

  it('[R13] takes the id of another call for its own is refused', async () => {
    const { client } = await enter()
    client.say({ type: 'call', call: watching.call.call, camera: camera('early') })
    expect(await client.next('error')).toMatchObject({ code: 'call-taken' })
    client.close()
    await expectOthersGoOn()
  })

  it('[R16] answers before the offer is told so, and the call goes on', async () => {
    const { client } = await enter()
    const call = newId()
    client.say({ type: 'call', call, camera: camera('slow') })
    await expect.poll(() => cameras.get('slow')?.sockets()).toBe(1)
    client.say({ type: 'answer', call, camera: camera('slow'), sdp: 'v=0\r\n', candidates: [] })
    expect(await client.next('error')).toMatchObject({ code: 'unexpected-message', call })
    expect(await client.next('offer')).toMatchObject({ call })
    client.say({ type: 'hangup', call, camera: camera('slow'), reason: 'viewer-left' })
    client.close()
    await expectOthersGoOn()
  })

  it('[R17] sends a thousand candidates is told once that they are too many, and the call goes on', async () => {
    const { client } = await enter()
    const call = await watchHeadless(client, camera('good'))
    for (let batch = 0; batch < 20; batch += 1) {
      const candidates: Candidate[] = Array.from({ length: 50 }, (_, n) => ({
        candidate: `candidate:1 1 udp ${batch * 50 + n + 1} 192.0.2.1 9 typ host`,
        sdpMid: 'video',
        sdpMLineIndex: 0,
      }))
      client.say({ type: 'candidates', call: call.call, camera: camera('good'), candidates })
    }
    expect(await client.next('error')).toMatchObject({ code: 'too-many-candidates', call: call.call })
    expect(await call.nextCaptureTime()).toBeGreaterThan(0)
    call.hangUp()
    client.close()
    await expectOthersGoOn()
  })

  it('[R10] says everything twice has one session with the camera, and it plays', async () => {
    const { client } = await enter()
    const twice: WireClient = {
      ...client,
      say(message) {
        client.say(message)
        client.say(message)
      },
    }
    const before = cameras.get('good')?.sessions() ?? 0
    const call = await watchHeadless(twice, camera('good'))
    expect(await call.nextCaptureTime()).toBeGreaterThan(0)
    expect(cameras.get('good')?.sessions()).toBe(before + 1)
    call.hangUp()
    await expect.poll(() => cameras.get('good')?.sessions()).toBe(before)
    expect(client.untaken.filter(({ type }) => type === 'error')).toEqual([])
    client.close()
    await expectOthersGoOn()
  })
})

/** The next state of that camera which the viewer is told. */
async function nextPresence(client: WireClient, id: string): Promise<string> {
  const presence = await client.next('presence')
  return presence.camera === id ? presence.state : nextPresence(client, id)
}

function portOf(server: WebSocketServer): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A port where nothing listens: one that was just given back. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function resetDuringUpgrade(address: string): Promise<void> {
  const { hostname, port, host } = new URL(address)
  const path = address.slice(address.indexOf(host) + host.length)
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  await new Promise((resolve) => socket.once('connect', resolve))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const headers = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
  const request = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...headers,
    key,
    'Sec-WebSocket-Protocol: mihari.v1',
  ]
  socket.write(`${request.join('\r\n')}\r\n\r\n`, () => socket.resetAndDestroy())
  await closed
}
