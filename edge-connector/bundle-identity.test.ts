import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compactVerify, importJWK } from 'jose'
import { generate } from 'selfsigned'
import * as v from 'valibot'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readAppLink } from '../protocol/app-link.ts'
import { readDeviceJws } from '../protocol/jws.ts'
import { OFFER_TYPE, OfferStatement, statesOffer } from '../protocol/offer-statement.ts'
import { refusedReply } from '../protocol/reply.ts'
import { bundleConnector } from './bundle.ts'
import { thumbprint } from './identity/thumbprint.ts'
import { runBundle } from './testing/run-bundle.ts'
import { SITE } from './testing/scripted-cloud.ts'
import { type ScriptedUv4l, startScriptedUv4l } from './testing/scripted-uv4l.ts'
import { type Home, type HomeOptions, startHome } from './testing/start-home.ts'

const id = (n: number) => String(n).padStart(22, 'A')
const FINGERPRINT = `sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`
const SDP = `v=0\r\na=fingerprint:${FINGERPRINT}\r\na=setup:actpass\r\n`

let folder: string
let bundle: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-bundle-'))
  bundle = await bundleConnector(join(folder, 'mihari-connector.cjs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
async function start(options: HomeOptions = {}): Promise<{ home: Home; uv4l: ScriptedUv4l }> {
  const uv4l = await startScriptedUv4l()
  undo.push(() => uv4l.stop())
  const home = await startHome(bundle, { porch: uv4l.url }, options)
  undo.push(() => home.stop())
  return { home, uv4l }
}

/** One call up to its offer. */
async function offered({ home, uv4l }: { home: Home; uv4l: ScriptedUv4l }, n: number) {
  const session = await uv4l.sessions.next()
  session.send({ what: 'offer', data: JSON.stringify({ type: 'offer', sdp: SDP }) })
  const offer = await home.link.received.next((message) => message.type === 'offer' && message.call === id(n))
  if (offer.type !== 'offer') throw new Error('no offer')
  return { session, offer }
}

async function health(home: Home): Promise<{ status: number; body: unknown }> {
  const { healthPort } = await home.connector.log.next(({ event }) => event === 'started')
  const response = await fetch(`http://127.0.0.1:${healthPort}/health`)
  return { status: response.status, body: await response.json() }
}

describe('a machine whose clock is years off', () => {
  test.each([
    ['behind', 5 * 365],
    ['ahead', -5 * 365],
  ])('[R31] (%s) is told the time by the cloud, and connects', async (words, days) => {
    const { home } = await start({ cloud: { now: () => Date.now() + days * 86_400_000 } })
    expect(await home.cloud.corrected.next()).toBe(home.link.device)
    expect(await home.connector.log.next(({ event }) => event === 'clock-wrong')).toMatchObject({
      message: expect.stringContaining(`1825 days ${words}`),
    })
  })
})

describe('a cloud with an authority of its own', () => {
  test('is trusted with NODE_EXTRA_CA_CERTS, and not without', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'an own cloud' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    })
    const file = join(folder, 'authority.pem')
    writeFileSync(file, cert)
    const { home } = await start({ cloud: { tls: { key, cert } }, env: { NODE_EXTRA_CA_CERTS: file } })
    expect(home.cloud.url).toMatch(/^wss:/)
    const data = mkdtempSync(join(tmpdir(), 'mihari-data-'))
    const flags = ['--cloud', home.cloud.url, '--camera', 'a=ws://127.0.0.1:9', '--data', data]
    const distrustful = runBundle(bundle, [...flags, '--health-port', 'off'])
    expect(await distrustful.log.next(({ event }) => event === 'cloud-lost')).toMatchObject({
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    distrustful.kill('SIGTERM')
    await distrustful.exited
    rmSync(data, { recursive: true })
  })
})

describe('pairing', () => {
  test('[R38] [R39] [R40] a new connector shows a link, is claimed, and takes calls from then on', async () => {
    const { home, uv4l } = await start({
      paired: false,
      flags: ['--health-port', '0', '--log-level', 'debug'],
    })
    const { codeHash } = await home.link.takeCode(Date.now())
    const shown = await home.connector.messages.next()
    const { link } = v.parse(v.object({ kind: v.literal('pairing'), link: v.string() }), shown)
    expect(link.startsWith(`${SITE}/#`)).toBe(true)
    const read = readAppLink(new URL(link).hash)
    if (read?.kind !== 'pair') throw new Error('not a link to pair')
    expect(read.device).toBe(home.link.device)
    expect(createHash('sha256').update(read.code).digest('base64url')).toBe(codeHash)
    await home.connector.log.next(({ event }) => event === 'pairing')
    await home.connector.errorLines.next((line) => line.trim() === link)
    expect(await health(home)).toMatchObject({ status: 503, body: { status: 'not-paired', paired: false } })

    home.link.send({ type: 'paired', label: 'Home' })
    await home.link.received.next(({ type }) => type === 'hello')
    home.link.welcome()
    await home.connector.log.next(({ event }) => event === 'paired')
    await home.connector.errorLines.next((line) => line.includes('Paired:'))
    await home.connector.errorLines.next((line) => line.includes('ペアリングしました'))
    home.call(id(1), 'porch')
    await offered({ home, uv4l }, 1)

    const log = home.connector.output()
    for (const secret of [read.code, codeHash]) expect(log).not.toContain(secret)
    expect(log, 'a token or a signature').not.toMatch(/eyJ[\w-]{20,}\./)
  })

  test('[R39] a connector that gets no code says why it leaves its place', async () => {
    const { home } = await start({ paired: false })
    const request = await home.link.received.next(({ type }) => type === 'request')
    if (request.type === 'request') home.link.send(refusedReply(request.id, 'too-many-unpaired'))
    expect(await home.connector.log.next(({ event }) => event === 'cloud-down')).toMatchObject({
      reason: 'the cloud answered too-many-unpaired',
    })
  })

  test('[R41] unpaired while somebody watches, it hangs up and shows a new link', async () => {
    const running = await start()
    const { home } = running
    home.call(id(1), 'porch')
    const { session } = await offered(running, 1)
    home.link.close()
    const again = await home.cloud.links.next()
    await again.received.next(({ type }) => type === 'hello')
    again.welcome(false)
    expect(await session.received.next(({ what }) => what === 'hangup')).toBeDefined()
    await session.closed
    await again.takeCode(Date.now())
    expect(await home.connector.messages.next()).toMatchObject({ kind: 'pairing' })
  })
})

describe('[R42] an offer', () => {
  test('is signed by the key that the device is, over the SDP that is sent, the same when it is repeated', async () => {
    const running = await start({ flags: ['--log-level', 'debug'] })
    const { home } = running
    home.call(id(1), 'porch')
    const { offer } = await offered(running, 1)
    const { signature = '', sdp } = offer
    const read = readDeviceJws(signature, OFFER_TYPE)
    if (read === null) throw new Error('not of the one form')
    expect(thumbprint(read.header.jwk)).toBe(home.link.device)
    const { payload } = await compactVerify(signature, await importJWK(read.header.jwk, 'EdDSA'))
    const statement = v.parse(OfferStatement, JSON.parse(new TextDecoder().decode(payload)))
    expect(sdp).toBe(SDP.replace('actpass', 'active'))
    const digest = createHash('sha256').update(sdp).digest('base64url')
    expect(statesOffer(statement, { call: id(1), camera: home.cameraId('porch'), sdp, digest })).toBe(true)
    home.call(id(1), 'porch')
    expect(await home.link.received.next(({ type }) => type === 'offer')).toEqual(offer)
    expect(home.connector.output()).not.toContain(signature)
  })

  test('without a fingerprint is not handed on', async () => {
    const { home, uv4l } = await start()
    home.call(id(1), 'porch')
    const session = await uv4l.sessions.next()
    session.send({ what: 'offer', data: JSON.stringify({ type: 'offer', sdp: 'v=0\r\n' }) })
    expect(await home.link.received.next(({ type }) => type === 'error')).toMatchObject({
      code: 'camera-garbled',
      detail: expect.stringContaining('no DTLS fingerprint'),
    })
    await session.closed
  })
})

describe('what the home enforces', () => {
  const guest = { who: 'link', role: 'guest', link: { grant: 'G'.repeat(22), max: 1 } } as const

  test('[R35] a guest is hung up when the time is over, also while the cloud is away', async () => {
    const running = await start()
    const { home } = running
    home.call(id(1), 'porch', { ...guest, leftMs: 700 })
    const { session } = await offered(running, 1)
    home.cloud.refuseWith(503)
    home.link.cut()
    expect(await session.received.next(({ what }) => what === 'hangup')).toBeDefined()
    await session.closed
    expect(await home.connector.log.next(({ event }) => event === 'call-ended')).toMatchObject({
      reason: 'access-expired',
    })
  })

  test('[R35] a link has its number of guests', async () => {
    const running = await start()
    const { home } = running
    home.call(id(1), 'porch', guest)
    await offered(running, 1)
    home.call(id(2), 'porch', guest)
    await home.link.received.next(({ type }) => type === 'alive')
    home.link.send({ type: 'alive', call: id(1), camera: home.cameraId('porch') })
    expect(await home.link.received.next(({ type }) => type === 'error')).toMatchObject({
      code: 'link-full',
      call: id(2),
    })
  })

  test('[R37] an owner takes over a camera with one feed, which is closed before it is opened again', async () => {
    const file = join(folder, 'one-feed.yaml')
    const uv4l = await startScriptedUv4l()
    undo.push(() => uv4l.stop())
    writeFileSync(file, `cameras:\n  porch:\n    url: ${uv4l.url}\n    maxCalls: 1\n`)
    const home = await startHome(bundle, {}, { flags: ['--config', file] })
    undo.push(() => home.stop())
    home.call(id(1), 'porch', guest)
    const { session } = await offered({ home, uv4l }, 1)
    home.call(id(2), 'porch', { takeOver: true })
    expect(await home.link.received.next(({ type }) => type === 'hangup')).toEqual({
      type: 'hangup',
      call: id(1),
      reason: 'taken-over',
    })
    await session.closed
    await offered({ home, uv4l }, 2)
    expect(uv4l.openSessions()).toBe(1)
  })

  test.each(['access-revoked', 'signed-out', 'device-unpaired'])(
    '[R36] [R41] a hangup of the cloud (%s) frees the camera at once',
    async (reason) => {
      const running = await start()
      const { home } = running
      home.call(id(1), 'porch', guest)
      const { session } = await offered(running, 1)
      home.link.send({ type: 'hangup', call: id(1), reason })
      expect(await session.received.next(({ what }) => what === 'hangup')).toBeDefined()
      await session.closed
    },
  )
})
