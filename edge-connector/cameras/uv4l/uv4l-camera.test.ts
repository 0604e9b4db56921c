import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type Clock, systemClock } from '../../clock/clock.ts'
import { describeCamera, type StagedSession } from '../../testing/camera-contract.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { Mailbox } from '../../testing/mailbox.ts'
import { type ScriptedSession, type ScriptedUv4l, startScriptedUv4l } from '../../testing/scripted-uv4l.ts'
import { SELF_SIGNED } from '../../testing/self-signed.ts'
import type { CameraEvent } from '../camera-port.ts'
import { PING_INTERVAL_MS, PONG_TIMEOUT_MS } from './ping-socket.ts'
import { createUv4lCamera, type Uv4lSettings } from './uv4l-camera.ts'

const settings = {
  user: 'user',
  password: undefined,
  trust: { kind: 'authorities' },
  vformat: 30,
  forceHardwareCodec: false,
} as const

function cameraAt(url: string, over: Partial<Uv4lSettings> = {}, clock: Clock = systemClock) {
  return createUv4lCamera({ ...settings, ...over, url }, clock, () => {})
}

const running: ScriptedUv4l[] = []
async function startUv4l(options?: Parameters<typeof startScriptedUv4l>[0]) {
  const uv4l = await startScriptedUv4l(options)
  running.push(uv4l)
  return uv4l
}
afterEach(async () => {
  for (const uv4l of running.splice(0)) await uv4l.stop()
})

function eventsOf(camera: ReturnType<typeof cameraAt>) {
  const events = new Mailbox<CameraEvent>()
  return { events, session: camera.open((event) => events.put(event)) }
}

describeCamera('UV4L', async () => {
  const uv4l = await startScriptedUv4l()
  return {
    camera: cameraAt(uv4l.url),
    nextSession: async () => staged(await uv4l.sessions.next()),
    leave: () => uv4l.stop(),
  }
})

async function staged(session: ScriptedSession): Promise<StagedSession> {
  await session.received.next(({ what }) => what === 'call')
  const heard = async (what: string) =>
    JSON.parse(String((await session.received.next((frame) => frame.what === what)).data))
  return {
    offer: (sdp) => session.send({ what: 'offer', data: JSON.stringify({ type: 'offer', sdp }) }),
    gather: (candidate) => session.send({ what: 'iceCandidate', data: JSON.stringify(candidate) }),
    finishGathering: () => session.send({ what: 'iceCandidate', data: '' }),
    say: (text) => session.send({ what: 'message', data: text }),
    close: () => session.close(),
    heardAnswer: async () => (await heard('answer')).sdp,
    heardCandidate: () => heard('addIceCandidate'),
    heardHangup: async () => {
      await session.received.next(({ what }) => what === 'hangup')
    },
    closed: session.closed,
  }
}

describe('UV4L', () => {
  test('is asked with the options of the camera, and with no password when none is configured', async () => {
    const uv4l = await startUv4l()
    eventsOf(cameraAt(uv4l.url, { vformat: 60, forceHardwareCodec: true }))
    const session = await uv4l.sessions.next()
    expect(session.headers.authorization).toBeUndefined()
    expect(await session.received.next()).toEqual({
      what: 'call',
      options: { force_hw_vcodec: true, vformat: 60, trickle_ice: true },
    })
  })

  test('gets the password as HTTP Basic', async () => {
    const uv4l = await startUv4l()
    eventsOf(cameraAt(uv4l.url, { password: 'pa:ss wörd' }))
    const { authorization = '' } = (await uv4l.sessions.next()).headers
    expect(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()).toBe('user:pa:ss wörd')
  })

  test.each([
    [401, 'camera-password'],
    [404, 'camera-garbled'],
    [503, 'camera-refused'],
  ])('[R21] that answers the upgrade with %i fails with %s', async (refuseWith, code) => {
    const uv4l = await startUv4l({ refuseWith })
    const { events } = eventsOf(cameraAt(uv4l.url))
    expect(await events.next()).toMatchObject({ type: 'failed', code })
  })

  test('[R21] that sends a binary frame, or breaks the WebSocket protocol, is garbled', async () => {
    const uv4l = await startUv4l()
    const { events } = eventsOf(cameraAt(uv4l.url))
    const session = await uv4l.sessions.next()
    session.sendBinary(Uint8Array.of(1, 2, 3))
    expect(await events.next(({ type }) => type === 'garbled')).toBeDefined()
    session.send(`"${'x'.repeat(300 * 1024)}"`)
    expect(await events.next(({ type }) => type === 'garbled')).toBeDefined()
    expect(await events.next(({ type }) => type === 'closed')).toBeDefined()
  })

  test('that hangs with a session open closes it, although its machine keeps the connection', async () => {
    const uv4l = await startUv4l()
    const clock = createFakeClock()
    const { events } = eventsOf(cameraAt(uv4l.url, {}, clock))
    const session = await uv4l.sessions.next()
    await events.next(({ type }) => type === 'connected')
    clock.advance(PING_INTERVAL_MS)
    await session.pinged
    // Comes behind the pong.
    session.send({ what: 'message', data: 'hello' })
    await events.next(({ type }) => type === 'message')
    session.hang()
    clock.advance(PING_INTERVAL_MS + PONG_TIMEOUT_MS - 1)
    expect(events.rest()).toEqual([])
    clock.advance(1)
    expect(await events.next()).toEqual({ type: 'closed', detail: 'the camera does not answer any more' })
    expect(clock.waiting()).toEqual([])
  })

  test.each([
    ['closes before it has answered', '', 'camera-closed'],
    ['does not speak HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'camera-garbled'],
    [
      'does not know WebSocket',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
      'camera-garbled',
    ],
  ])('[R21] something that %s fails as such', async (_, text, code) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(text))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { events } = eventsOf(cameraAt(`ws://127.0.0.1:${port}/`))
    expect(await events.next()).toMatchObject({ type: 'failed', code })
    server.close()
  })
})

describe('UV4L behind TLS with a certificate of its own', () => {
  test.each<[string, Uv4lSettings['trust']]>([
    ['with its fingerprint pinned', { kind: 'fingerprint', sha256: SELF_SIGNED.fingerprint }],
    ['with any certificate allowed', { kind: 'any' }],
  ])('is called %s, and gets its password', async (_, trust) => {
    const uv4l = await startUv4l({ tls: SELF_SIGNED })
    const { events, session } = eventsOf(cameraAt(uv4l.url, { trust, password: 'secret' }))
    expect(await events.next()).toEqual({ type: 'connected' })
    const staged = await uv4l.sessions.next()
    expect(staged.headers.authorization).toMatch(/^Basic /)
    session.hangup()
    expect(await staged.received.next(({ what }) => what === 'hangup')).toBeDefined()
    await staged.closed
  })

  test.each<[string, Uv4lSettings['trust']]>([
    ['is not trusted by itself', { kind: 'authorities' }],
    ['is refused when another fingerprint is pinned', { kind: 'fingerprint', sha256: '00'.repeat(32) }],
  ])('[R21] %s, and is told nothing', async (_, trust) => {
    const uv4l = await startUv4l({ tls: SELF_SIGNED })
    const { events } = eventsOf(cameraAt(uv4l.url, { trust, password: 'secret' }))
    expect(await events.next()).toMatchObject({ type: 'failed', code: 'camera-certificate' })
    expect(uv4l.sessions.rest()).toEqual([])
  })

  test('[R21] an address with wss:// of a camera without TLS is told as such', async () => {
    const uv4l = await startUv4l()
    const { events } = eventsOf(cameraAt(uv4l.url.replace('ws:', 'wss:')))
    expect(await events.next()).toMatchObject({ type: 'failed' })
  })

  test('can be given up while TLS is made', async () => {
    const uv4l = await startUv4l({ tls: SELF_SIGNED })
    const { events, session } = eventsOf(cameraAt(uv4l.url))
    session.hangup()
    expect(await events.next()).toMatchObject({ type: 'closed' })
    expect(events.rest()).toEqual([])
  })
})
