import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDeviceSigner } from '../identity/device-signer.ts'
import { deviceToken } from '../identity/device-token.ts'
import { busy, call, device, fresh, signer, startLink, startLinkUp } from '../testing/start-link.ts'
import { LOST_CALLS_MS } from './step-link.ts'

test('[R1] [R3] [R31] it shows a token of its own in the handshake, and says hello with its cameras', async () => {
  const { cloud } = await startLink()
  const server = await cloud.links.next()
  expect(server.device).toBe(device)
  expect(await server.received.next()).toEqual({
    type: 'hello',
    protocol: 1,
    software: { name: 'test', version: '1' },
    instance: 'I'.repeat(22),
    cameras: [{ name: 'porch', label: 'Front porch', state: 'ready' }],
    sequence: 1,
  })
})

test('[R8] bad messages of the cloud are dropped; good ones arrive', async () => {
  const { server, received, log } = await startLinkUp()
  server.sendText('not json')
  server.sendText('{"message":"Forbidden","connectionId":"x","requestId":"y"}')
  server.sendText(JSON.stringify({ type: 'answer', call }))
  server.send({ type: 'error', code: 'bad-message', detail: 'sdp: missing' })
  server.send({ type: 'hangup', call, reason: 'viewer-left' })
  expect(await received.next()).toEqual({ type: 'hangup', call, reason: 'viewer-left' })
  expect(await log.next(({ event }) => event === 'cloud-error')).toMatchObject({
    message: expect.stringContaining('bad-message'),
  })
})

test('[R24] after a cut line it comes back, says hello with the true state, and tells what was not heard', async () => {
  const { server, cloud, clock, link, changes } = await startLinkUp()
  server.cut()
  await changes.next((standing) => standing === 'down')
  link.tell([...busy])
  link.send({ type: 'offer', call, sdp: 'v=0', candidates: [] })
  link.send({ type: 'hangup', call, reason: 'camera-closed' })
  clock.advance(1_000)
  const again = await cloud.links.next()
  expect(await again.received.next()).toMatchObject({
    type: 'hello',
    cameras: [{ name: 'porch', state: 'busy' }],
  })
  expect(again.received.rest()).toEqual([])
  again.welcome()
  expect(await again.received.next()).toEqual({ type: 'hangup', call, reason: 'camera-closed' })
})

test('[R24] every hello names the calls that run at that moment, and the welcome those that are over', async () => {
  const { server, cloud, clock, changes, running, ended } = await startLinkUp()
  running.push(...Array.from({ length: 300 }, (_, n) => String(n).padStart(22, 'A')))
  server.cut()
  await changes.next((standing) => standing === 'down')
  clock.advance(1_000)
  const again = await cloud.links.next()
  expect(await again.received.next()).toMatchObject({ type: 'hello', calls: running.slice(0, 256) })
  again.send({ type: 'welcome', protocol: 1, device, paired: true, ended: [call] })
  await changes.next((standing) => standing === 'up')
  expect(ended).toEqual([call])
})

test('[R51] a call that comes before the first welcome may be of the program before: the cloud is asked, once', async () => {
  const { cloud, clock, changes, running, ended } = await startLink()
  const server = await cloud.links.next()
  await server.received.next()
  running.push(call)
  server.welcome()
  await changes.next((standing) => standing === 'up')
  clock.advance(LOST_CALLS_MS - 1)
  expect(server.received.rest()).toEqual([])
  clock.advance(1)
  expect(await server.received.next()).toMatchObject({ type: 'hello', calls: [call] })
  server.send({ type: 'welcome', protocol: 1, device, paired: true, ended: [call] })
  server.cut()
  await changes.next((standing) => standing === 'down')
  expect(ended).toEqual([call])

  running.length = 0
  clock.advance(1_000)
  const again = await cloud.links.next()
  await again.received.next()
  running.push(call)
  again.welcome()
  await changes.next((standing) => standing === 'up')
  clock.advance(LOST_CALLS_MS)
  again.send({ type: 'error', code: 'say-hello' })
  expect(await again.received.next()).toMatchObject({ type: 'hello' })
  expect(again.received.rest()).toEqual([])
})

test('the two-hour close of the gateway is a lost link like any other', async () => {
  const { server, cloud, clock, changes } = await startLinkUp()
  server.close()
  await changes.next((standing) => standing === 'down')
  clock.advance(1_000)
  expect((await cloud.links.next()).device).toBe(device)
})

test('a line that answers no ping is given up after 45 s', async () => {
  const { cloud, clock, changes } = await startLink({ silent: true })
  const server = await cloud.links.next()
  await server.received.next()
  server.welcome()
  await changes.next((standing) => standing === 'up')
  clock.advance(30_000)
  await server.pings.next()
  clock.advance(14_999)
  expect(changes.rest()).toEqual([])
  clock.advance(1)
  expect(await changes.next()).toBe('down')
  await server.closed
})

test('[R18] the end of a call that went into a dead line is told again after the next welcome', async () => {
  const { cloud, clock, changes, link } = await startLink({ silent: true })
  const server = await cloud.links.next()
  await server.received.next()
  server.welcome()
  await changes.next((standing) => standing === 'up')
  link.send({ type: 'offer', call, sdp: 'v=0', candidates: [] })
  link.send({ type: 'hangup', call, reason: 'camera-closed' })
  clock.advance(45_000)
  expect(await changes.next()).toBe('down')
  clock.advance(1_000)
  const again = await cloud.links.next()
  expect(await again.received.next()).toMatchObject({ type: 'hello' })
  again.welcome()
  expect(await again.received.next()).toEqual({ type: 'hangup', call, reason: 'camera-closed' })
  expect(again.received.rest()).toEqual([])
})

test('a refused handshake is told in plain words, and tried again', async () => {
  const { cloud, clock, log, server, changes } = await startLinkUp()
  cloud.refuseWith(403)
  server.cut()
  await changes.next((standing) => standing === 'down')
  clock.advance(1_000)
  const refusal = await log.next(({ event }) => event === 'cloud-refused')
  expect(refusal.message).toMatch(/refuses this device \(HTTP 403\).*\/v1/)
  cloud.refuseWith(null)
  clock.advance(20_000)
  expect((await cloud.links.next()).device).toBe(device)
})

test('stopping sends what was said before, and says goodbye', async () => {
  const { server, link } = await startLinkUp()
  link.send({ type: 'hangup', call, reason: 'connector-stopped' })
  await link.stop()
  expect(await server.received.next()).toMatchObject({ type: 'hangup' })
  expect(await server.closed).toBe(1000)
})

test('[R31] [R30] a machine whose clock is years off is told the time, and connects with it at once', async () => {
  const years = 5 * 365 * 86_400_000
  const { cloud, log } = await startLink({ wall: () => Date.now() - years })
  expect(await cloud.corrected.next()).toBe(device)
  expect((await cloud.links.next()).device).toBe(device)
  expect((await log.next(({ event }) => event === 'clock-wrong')).message).toMatch(/182[45] days behind/)
})

test('[R31] a token is made for each connection: one that is used again is refused', async () => {
  const once = (audience: string) => deviceToken(signer, { audience, now: Date.now(), jti: 'J'.repeat(22) })
  const { cloud, log } = await startLink({ token: once })
  const server = await cloud.links.next()
  server.cut()
  await log.next(({ event }) => event === 'cloud-lost')
  expect(cloud.links.rest()).toEqual([])
  const fine = await startLinkUp()
  fine.server.cut()
  await fine.changes.next((standing) => standing === 'down')
  fine.clock.advance(1_000)
  expect((await fine.cloud.links.next()).device).toBe(device)
})

test.each([
  [
    'for another address',
    (audience: string) => deviceToken(signer, { audience: `${audience}/`, now: Date.now(), jti: fresh() }),
  ],
  [
    'that another key has signed',
    (audience: string) => {
      const other = createDeviceSigner(generateKeyPairSync('ed25519').privateKey)
      return deviceToken({ ...other, device }, { audience, now: Date.now(), jti: fresh() })
    },
  ],
])('[R31] a token %s opens nothing', async (_, token) => {
  const { cloud, log } = await startLink({ token })
  await log.next(({ event }) => event === 'cloud-refused')
  expect(cloud.links.rest()).toEqual([])
})

test('[R38] an unpaired device may ask for its code, and nothing of a call comes in or goes out', async () => {
  const { cloud, changes, received, link } = await startLink()
  const server = await cloud.links.next()
  await server.received.next()
  server.welcome(false)
  await changes.next((standing) => standing === 'unpaired')
  const id = fresh()
  link.send({ type: 'hangup', call, reason: 'camera-closed' })
  link.tell([...busy])
  link.ask({ type: 'request', id, ask: { op: 'start-pairing', codeHash: 'H'.repeat(43) } })
  expect(await server.received.next()).toMatchObject({ type: 'request', id })
  server.send({ type: 'call', call, camera: `${device}.porch`, who: 'w', role: 'owner' })
  server.send({ type: 'reply', id, result: { kind: 'refused', code: 'internal' } })
  expect(await received.next()).toMatchObject({ type: 'reply' })
  expect(received.rest()).toEqual([])
  expect(server.received.rest()).toEqual([])
  server.send({ type: 'paired', label: 'Home' })
  expect(await server.received.next()).toMatchObject({ type: 'hello', cameras: [{ state: 'busy' }] })
})

test('[R41] what was to be said of calls is forgotten with the pairing', async () => {
  const { server, cloud, clock, link, changes } = await startLinkUp()
  server.cut()
  await changes.next((standing) => standing === 'down')
  link.send({ type: 'hangup', call, reason: 'camera-closed' })
  clock.advance(1_000)
  const again = await cloud.links.next()
  await again.received.next()
  again.welcome(false)
  await changes.next((standing) => standing === 'unpaired')
  again.send({ type: 'paired', label: 'Home' })
  await again.received.next(({ type }) => type === 'hello')
  again.welcome()
  await changes.next((standing) => standing === 'up')
  link.tell([...busy])
  expect(await again.received.next()).toMatchObject({ type: 'status' })
})

test('[R38] not-paired, also about a call, makes it ask what it is', async () => {
  const { server } = await startLinkUp()
  server.send({ type: 'error', code: 'not-paired', call })
  expect(await server.received.next()).toMatchObject({ type: 'hello' })
})

test('[R5] told that another program with its key has come, it gives way for good', async () => {
  const { server, cloud, clock, changes, link } = await startLinkUp()
  server.send({ type: 'error', code: 'replaced' })
  await changes.next((change) => change === 'replaced')
  expect(link.state().phase).toBe('stopped')
  clock.advance(60 * 60_000)
  expect(cloud.links.rest()).toEqual([])
})

const gatewayFailed = '{"message":"Internal server error","connectionId":"x","requestId":"y"}'

test('a gateway whose function failed at hello is told hello again on the same socket', async () => {
  const { cloud, clock, log, changes } = await startLink()
  const server = await cloud.links.next()
  await server.received.next()
  server.sendText(gatewayFailed)
  await log.next(({ event }) => event === 'cloud-error')
  clock.advance(3_000)
  expect(await server.received.next()).toMatchObject({ type: 'hello', sequence: 2 })
  server.welcome()
  expect(await changes.next()).toBe('up')
})

test('[R18] a gateway whose function failed later is told the cameras and what ended again', async () => {
  const { server, clock, log, link } = await startLinkUp()
  const ending = { type: 'hangup', call, reason: 'camera-closed' } as const
  link.tell([...busy])
  link.send(ending)
  expect(await server.received.next()).toMatchObject({ type: 'status', sequence: 2 })
  expect(await server.received.next()).toEqual(ending)
  server.sendText(gatewayFailed)
  await log.next(({ event }) => event === 'cloud-error')
  clock.advance(3_000)
  expect(await server.received.next()).toEqual({ type: 'status', cameras: busy, sequence: 3 })
  expect(await server.received.next()).toEqual(ending)
})

test('[R52] asked to say hello it does, and its calls notice nothing', async () => {
  const { server, changes, running } = await startLinkUp()
  running.push(call)
  server.send({ type: 'error', code: 'say-hello' })
  expect(await server.received.next()).toMatchObject({ type: 'hello', calls: [call], sequence: 2 })
  expect(changes.rest()).toEqual([])
})
