import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bundleConnector } from './bundle.ts'
import { NODE_18, runBundle } from './testing/run-bundle.ts'
import { type ScriptedUv4l, startScriptedUv4l } from './testing/scripted-uv4l.ts'
import { type Home, type HomeOptions, startHome } from './testing/start-home.ts'

const FINGERPRINT = `sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`
const SDP = `v=0\r\ns=from the camera\r\na=fingerprint:${FINGERPRINT}\r\na=setup:actpass\r\n`
/** As it goes on: the camera begins the DTLS handshake. */
const SENT_SDP = SDP.replace('actpass', 'active')
const ANSWER = 'v=0\r\ns=from the viewer\r\n'
const id = (n: number) => String(n).padStart(22, 'A')
const candidate = (n: number) => ({
  candidate: `candidate:${n} 1 udp 1 10.0.0.2 5000 typ host`,
  sdpMid: 'video',
})

let folder: string
let bundle: string
beforeAll(async () => {
  // A folder with no node_modules above it.
  folder = mkdtempSync(join(tmpdir(), 'mihari-bundle-'))
  bundle = await bundleConnector(join(folder, 'mihari-connector.cjs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
async function startUv4l(options?: Parameters<typeof startScriptedUv4l>[0]): Promise<ScriptedUv4l> {
  const uv4l = await startScriptedUv4l(options)
  undo.push(() => uv4l.stop())
  return uv4l
}
async function start(cameras: Readonly<Record<string, string>>, options?: HomeOptions): Promise<Home> {
  const home = await startHome(bundle, cameras, options)
  undo.push(() => home.stop())
  return home
}
/** One call up to its offer, at both ends. */
async function offered(home: Home, uv4l: ScriptedUv4l, n: number, name = 'porch') {
  home.call(id(n), name)
  const session = await uv4l.sessions.next()
  await session.received.next(({ what }) => what === 'call')
  session.send({ what: 'offer', data: JSON.stringify({ type: 'offer', sdp: SDP }) })
  const offer = await home.link.received.next((message) => message.type === 'offer' && message.call === id(n))
  return { session, offer }
}

describe('the file', () => {
  test('is at most 250 KB, and runs under the Node of a Raspberry Pi with nothing beside it', async () => {
    const { size } = statSync(bundle)
    process.stdout.write(`the connector is one file of ${size} bytes\n`)
    expect(size).toBeLessThanOrEqual(250_000)
    expect(execFileSync(NODE_18, ['--version'], { encoding: 'utf8' })).toMatch(/^v18\./)
    const run = runBundle(bundle, ['--version'])
    expect(await run.exited).toBe(0)
    expect(run.output()).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('says what it can do', async () => {
    const run = runBundle(bundle, ['--help'])
    expect(await run.exited).toBe(0)
    expect(run.output()).toContain('--camera NAME=URL')
  })

  test('leaves with 2 and one line per problem when it is told nonsense', async () => {
    const file = join(folder, 'wrong.yaml')
    writeFileSync(file, 'cloud: wss://cloud.example\ncameras:\n  porch:\n    url: http://10.0.0.2\n')
    const run = runBundle(bundle, ['--config', file])
    expect(await run.exited).toBe(2)
    expect(run.errors()).toMatch(/^[^\n]*wrong\.yaml:4:10: cameras\.porch\.url: is no ws[^\n]*\n$/)
    const flags = runBundle(bundle, ['--cloud', 'wss://a', '--camra', 'x'])
    expect(await flags.exited).toBe(2)
    expect(flags.errors()).toContain('did you mean --camera?')
  })

  test('leaves with 1 when others can read its key, and says what to do', async () => {
    const data = mkdtempSync(join(tmpdir(), 'mihari-key-'))
    const flags = ['--cloud', 'ws://127.0.0.1:9', '--camera', 'a=ws://127.0.0.1:9', '--data', data]
    const key = join(data, 'device.key')
    writeFileSync(key, 'x')
    chmodSync(key, 0o644)
    const run = runBundle(bundle, flags)
    expect(await run.exited).toBe(1)
    expect(run.errors()).toContain(`chmod 600 ${key}`)
    rmSync(data, { recursive: true })
  })

  test('leaves with 1 when the port for /health is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const data = mkdtempSync(join(tmpdir(), 'mihari-port-'))
    const run = runBundle(bundle, [
      ...['--cloud', 'ws://127.0.0.1:9', '--camera', 'a=ws://127.0.0.1:9', '--data', data],
      ...['--health-port', String(port)],
    ])
    expect(await run.exited).toBe(1)
    expect(run.errors()).toMatch(/port \d+ for \/health is taken/)
    other.close()
    rmSync(data, { recursive: true })
  })
})

describe('a call', () => {
  test('[R15] [R16] [R17] goes through, translated both ways', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    const { session, offer } = await offered(home, uv4l, 1)
    const signature = expect.any(String)
    expect(offer).toEqual({ type: 'offer', call: id(1), sdp: SENT_SDP, signature, candidates: [] })
    session.send({ what: 'iceCandidate', data: JSON.stringify(candidate(1)) })
    session.send({ what: 'iceCandidate', data: candidate(2) })
    session.send({ what: 'iceCandidate', data: '' })
    expect(await home.link.received.next(({ type }) => type === 'candidates')).toEqual({
      type: 'candidates',
      call: id(1),
      candidates: [candidate(1), candidate(2)],
      done: true,
    })
    const camera = home.cameraId('porch')
    home.link.send({ type: 'candidates', call: id(1), camera, candidates: [candidate(3)] })
    home.link.send({ type: 'answer', call: id(1), camera, sdp: ANSWER, candidates: [candidate(4)] })
    const heard = [
      await session.received.next(),
      await session.received.next(),
      await session.received.next(),
    ]
    expect(heard.map(({ what, data }) => [what, JSON.parse(String(data))])).toEqual([
      ['answer', { type: 'answer', sdp: ANSWER }],
      ['addIceCandidate', candidate(3)],
      ['addIceCandidate', candidate(4)],
    ])
    home.link.send({ type: 'hangup', call: id(1), reason: 'viewer-left' })
    expect(await session.received.next()).toEqual({ what: 'hangup' })
    await session.closed
  })

  test('has a socket of its own: the end of one does not touch the other', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    const first = await offered(home, uv4l, 1)
    const second = await offered(home, uv4l, 2)
    expect(uv4l.openSessions()).toBe(2)
    first.session.close()
    expect(await home.link.received.next(({ type }) => type === 'error')).toMatchObject({
      code: 'camera-closed',
      call: id(1),
    })
    const camera = home.cameraId('porch')
    home.link.send({ type: 'answer', call: id(2), camera, sdp: ANSWER, candidates: [] })
    expect(await second.session.received.next()).toMatchObject({ what: 'answer' })
  })

  /** A camera with one feed, and one who has it. */
  async function withOneFeed() {
    const uv4l = await startUv4l()
    const file = join(folder, 'one-feed.yaml')
    writeFileSync(
      file,
      `cameras:\n  porch:\n    url: ${uv4l.url}\n    forceHardwareCodec: true\n    password: "s3cr3t"\n`,
    )
    const home = await start({}, { flags: ['--config', file] })
    const { session } = await offered(home, uv4l, 1)
    return { uv4l, home, session }
  }

  test('[R20] of a full camera is answered camera-busy, and the camera is shown as busy', async () => {
    const { uv4l, home } = await withOneFeed()
    expect(await home.link.received.next(({ type }) => type === 'status')).toEqual({
      type: 'status',
      cameras: [{ name: 'porch', state: 'busy' }],
      sequence: 2,
    })
    home.call(id(2), 'porch')
    const asked = await home.link.received.next(({ type }) => type === 'alive')
    expect(asked).toEqual({ type: 'alive', call: id(1), camera: home.cameraId('porch') })
    home.link.send({ type: 'alive', call: id(1), camera: home.cameraId('porch') })
    expect(await home.link.received.next(({ type }) => type === 'error')).toEqual({
      type: 'error',
      code: 'camera-busy',
      call: id(2),
    })
    home.link.send({ type: 'hangup', call: id(1), reason: 'viewer-left' })
    expect(await home.link.received.next(({ type }) => type === 'status')).toEqual({
      type: 'status',
      cameras: [{ name: 'porch', state: 'ready' }],
      sequence: 3,
    })
    await offered(home, uv4l, 3)
  })

  test('[R49] of a full camera has the place of who does not answer, 3 s later', async () => {
    const { uv4l, home, session } = await withOneFeed()
    const { offer } = await offered(home, uv4l, 2)
    expect(offer).toMatchObject({ call: id(2) })
    expect(await home.link.received.next(({ type }) => type === 'hangup')).toEqual({
      type: 'hangup',
      call: id(1),
      reason: 'viewer-silent',
    })
    expect(await session.received.next(({ what }) => what === 'hangup')).toBeDefined()
    await session.closed
    expect(uv4l.openSessions()).toBe(1)
  })

  test('[R48] replaces an earlier one at a full camera at once', async () => {
    const { uv4l, home, session } = await withOneFeed()
    home.call(id(2), 'porch', { replaces: id(1) })
    expect(await session.received.next(({ what }) => what === 'hangup')).toBeDefined()
    await session.closed
    const next = await uv4l.sessions.next()
    expect(await next.received.next(({ what }) => what === 'call')).toBeDefined()
    expect(uv4l.openSessions()).toBe(1)
  })

  test('[R24] goes on while the cloud is away', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    const { session } = await offered(home, uv4l, 1)
    home.link.cut()
    const again = await home.cloud.links.next()
    await again.received.next(({ type }) => type === 'hello')
    again.welcome()
    const camera = home.cameraId('porch')
    again.send({ type: 'answer', call: id(1), camera, sdp: ANSWER, candidates: [] })
    expect(await session.received.next()).toMatchObject({ what: 'answer' })
  })

  test('[R24] ends when the cloud is back and says that it ended meanwhile, and no other does', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url, garden: uv4l.url })
    const first = await offered(home, uv4l, 1)
    const second = await offered(home, uv4l, 2, 'garden')
    home.link.cut()
    const again = await home.cloud.links.next()
    const hello = await again.received.next(({ type }) => type === 'hello')
    expect(hello).toMatchObject({ calls: [id(1), id(2)] })
    again.send({ type: 'welcome', protocol: 1, device: again.device, paired: true, ended: [id(1)] })
    expect(await first.session.received.next()).toEqual({ what: 'hangup' })
    expect(await home.connector.log.next(({ event }) => event === 'call-ended')).toMatchObject({
      call: id(1),
      reason: 'ended-in-cloud',
    })
    const camera = home.cameraId('garden')
    again.send({ type: 'answer', call: id(2), camera, sdp: ANSWER, candidates: [] })
    expect(await second.session.received.next()).toMatchObject({ what: 'answer' })
  })
})

describe('[R21] a camera', () => {
  test.each([
    ['refuses in words', '{"what":"message","data":"Maximum streams reached"}', 'camera-refused'],
    ['talks nonsense', 'nonsense', 'camera-garbled'],
    ['offers nonsense', '{"what":"offer","data":"{}"}', 'camera-garbled'],
  ])('that %s is told to the viewer, hung up and closed', async (_, frame, code) => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    home.call(id(1), 'porch')
    const session = await uv4l.sessions.next()
    session.send(frame)
    const error = await home.link.received.next(({ type }) => type === 'error')
    expect(error).toMatchObject({ code, call: id(1), detail: expect.any(String) })
    expect(await session.received.next(({ what }) => what === 'hangup')).toBeDefined()
    await session.closed
  })

  test('that closes early is told to the viewer', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    home.call(id(1), 'porch')
    const session = await uv4l.sessions.next()
    session.close()
    expect(await home.link.received.next(({ type }) => type === 'error')).toMatchObject({
      code: 'camera-closed',
    })
  })

  test('that refuses the password is told to the viewer, and the password to nobody', async () => {
    const uv4l = await startUv4l({ refuseWith: 401 })
    const file = join(folder, 'password.yaml')
    writeFileSync(file, `cameras:\n  porch:\n    url: ${uv4l.url}\n    password: "s3cr3t"\n`)
    const home = await start({}, { flags: ['--config', file, '--log-level', 'debug'] })
    home.call(id(1), 'porch')
    expect(await home.link.received.next(({ type }) => type === 'error')).toMatchObject({
      code: 'camera-password',
    })
    await home.connector.log.next(({ event }) => event === 'call-ended')
    expect(home.connector.output()).not.toContain('s3cr3t')
    expect(home.connector.output()).not.toContain(Buffer.from('user:s3cr3t').toString('base64'))
  })

  test('that is not there is told to the viewer, and was shown as unreachable from the first hello', async () => {
    const uv4l = await startScriptedUv4l()
    await uv4l.stop()
    const home = await start({ porch: uv4l.url }, { flags: ['--health-port', '0'] })
    home.call(id(1), 'porch')
    expect(await home.link.received.next(({ type }) => type === 'error')).toMatchObject({
      code: 'camera-unreachable',
    })
    const { healthPort: port } = await home.connector.log.next(({ event }) => event === 'started')
    const health = await (await fetch(`http://127.0.0.1:${port}/health`)).json()
    expect(health).toMatchObject({ cameras: [{ name: 'porch', state: 'unreachable', calls: 0 }] })
  })
})

describe('the connector', () => {
  test('tells its health', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url }, { flags: ['--health-port', '0'] })
    await offered(home, uv4l, 1)
    const { healthPort: port } = await home.connector.log.next(({ event }) => event === 'started')
    const response = await fetch(`http://127.0.0.1:${port}/health`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'ok',
      paired: true,
      device: home.link.device,
      cloud: { state: 'up', attempts: 0 },
      cameras: [{ name: 'porch', state: 'ready', calls: 1 }],
      calls: [{ call: id(1).slice(0, 8), camera: 'porch', state: 'offered' }],
    })
    home.cloud.refuseWith(403)
    home.link.cut()
    await home.connector.log.next(({ event }) => event === 'cloud-down')
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(503)
  })

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'hangs up at every camera and tells every viewer when it gets %s, and leaves with 0',
    async (signal) => {
      const uv4l = await startUv4l()
      const home = await start({ porch: uv4l.url, garden: uv4l.url })
      const first = await offered(home, uv4l, 1)
      const second = await offered(home, uv4l, 2, 'garden')
      home.connector.kill(signal)
      for (const { session } of [first, second]) {
        expect(await session.received.next()).toEqual({ what: 'hangup' })
        await session.closed
      }
      for (const n of [1, 2]) {
        expect(await home.link.received.next(({ type }) => type === 'hangup')).toEqual({
          type: 'hangup',
          call: id(n),
          reason: 'connector-stopped',
        })
      }
      expect(await home.connector.exited).toBe(0)
      expect(home.connector.errors()).toBe('')
    },
  )

  test('hangs up as well when it fails, says why, and leaves with 1', async () => {
    const uv4l = await startUv4l()
    const fault = join(folder, 'fault.cjs')
    writeFileSync(fault, "process.on('SIGUSR2', () => { throw new Error('a fault') })")
    const home = await start({ porch: uv4l.url }, { nodeFlags: ['--require', fault] })
    const { session } = await offered(home, uv4l, 1)
    home.connector.kill('SIGUSR2')
    expect(await session.received.next()).toEqual({ what: 'hangup' })
    expect(await home.link.received.next(({ type }) => type === 'hangup')).toMatchObject({
      reason: 'connector-stopped',
    })
    expect(await home.connector.exited).toBe(1)
    expect(await home.connector.log.next(({ event }) => event === 'failed')).toMatchObject({
      error: expect.stringContaining('a fault'),
    })
  })

  test('[R5] stops with 3, its cameras hung up, when another one with its key has come', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    const { session } = await offered(home, uv4l, 1)
    home.link.send({ type: 'error', code: 'replaced' })
    expect(await session.received.next()).toEqual({ what: 'hangup' })
    expect(await home.connector.exited).toBe(3)
    const said = await home.connector.log.next(({ event }) => event === 'replaced')
    expect(said).toMatchObject({ level: 'error', message: expect.stringContaining('same key') })
  })

  test('writes no SDP and no candidate into its log above debug', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    const { session } = await offered(home, uv4l, 1)
    session.send({ what: 'iceCandidate', data: candidate(7) })
    session.send({ what: 'iceCandidate', data: '' })
    await home.link.received.next(({ type }) => type === 'candidates')
    session.close()
    await home.connector.log.next(({ event }) => event === 'call-ended')
    expect(home.connector.output()).not.toMatch(/v=0|candidate:7/)
  })

  test('is the same device after a restart', async () => {
    const uv4l = await startUv4l()
    const home = await start({ porch: uv4l.url })
    const flags = ['--cloud', home.cloud.url, '--data', home.data, '--camera', `porch=${uv4l.url}`]
    const second = runBundle(bundle, [...flags, '--health-port', 'off'])
    expect((await home.cloud.links.next()).device).toBe(home.link.device)
    second.kill('SIGTERM')
    await second.exited
  })
})
