import { afterEach, expect, test } from 'vitest'
import type { ToDevice } from '../../protocol/directions.ts'
import { createFakeClock } from '../clock/fake-clock.ts'
import { Mailbox } from '../scripted/mailbox.ts'
import { startScriptedCloud } from '../scripted/scripted-cloud.ts'
import { CloudLink } from './cloud-link.ts'

const device = 'D'.repeat(43)
const call = 'A'.repeat(22)
const ready = [{ name: 'porch', state: 'ready' }] as const
const busy = [{ name: 'porch', state: 'busy' }] as const

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0)) await step()
})

async function begin(options?: Parameters<typeof startScriptedCloud>[0]) {
  const cloud = await startScriptedCloud(options)
  const clock = createFakeClock()
  const received = new Mailbox<ToDevice>()
  const changes = new Mailbox<boolean>()
  const log = new Mailbox<{ readonly event: string; readonly message: string }>()
  const link = new CloudLink({
    url: cloud.url,
    device,
    instance: 'I'.repeat(22),
    software: { name: 'test', version: '1' },
    labels: new Map([['porch', 'Front porch']]),
    clock,
    random: () => 1,
    log: (_level, event, message) => log.put({ event, message }),
    receive: (message) => received.put(message),
    changed: (up) => changes.put(up),
  })
  undo.push(async () => {
    await link.stop()
    await cloud.stop()
  })
  link.start([...ready])
  return { cloud, clock, received, changes, log, link }
}

async function beginUp() {
  const begun = await begin()
  const server = await begun.cloud.links.next()
  await server.received.next()
  server.welcome()
  await begun.changes.next((up) => up)
  return { ...begun, server }
}

test('[R1] [R3] it shows its id in the handshake, and says hello with its cameras', async () => {
  const { cloud } = await begin()
  const server = await cloud.links.next()
  expect(server.device).toBe(device)
  expect(await server.received.next()).toEqual({
    type: 'hello',
    protocol: 1,
    software: { name: 'test', version: '1' },
    instance: 'I'.repeat(22),
    cameras: [{ name: 'porch', label: 'Front porch', state: 'ready' }],
  })
})

test('[R8] bad messages of the cloud, and its own error frames, are dropped; good ones arrive', async () => {
  const { server, received, log } = await beginUp()
  server.sendText('not json')
  server.sendText('{"message":"Internal server error","connectionId":"x","requestId":"y"}')
  server.sendText(JSON.stringify({ type: 'answer', call }))
  server.send({ type: 'error', code: 'bad-message', detail: 'sdp: missing' })
  server.send({ type: 'hangup', call, reason: 'viewer-left' })
  expect(await received.next()).toEqual({ type: 'hangup', call, reason: 'viewer-left' })
  expect(await log.next(({ event }) => event === 'cloud-error')).toMatchObject({
    message: expect.stringContaining('bad-message'),
  })
})

test('[R24] after a cut line it comes back, says hello with the true state, and tells what was not heard', async () => {
  const { server, cloud, clock, link, changes } = await beginUp()
  server.cut()
  expect(await changes.next((up) => !up)).toBe(false)
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

test('the two-hour close of the gateway is a lost link like any other', async () => {
  const { server, cloud, clock, changes } = await beginUp()
  server.close()
  await changes.next((up) => !up)
  clock.advance(1_000)
  expect((await cloud.links.next()).device).toBe(device)
})

test('a line that answers no ping is given up after 45 s', async () => {
  const { cloud, clock, changes } = await begin({ silent: true })
  const server = await cloud.links.next()
  await server.received.next()
  server.welcome()
  await changes.next((up) => up)
  clock.advance(30_000)
  await server.pings.next()
  clock.advance(14_999)
  expect(changes.rest()).toEqual([])
  clock.advance(1)
  expect(await changes.next()).toBe(false)
  await server.closed
})

test('[R18] the end of a call that went into a dead line is told again after the next welcome', async () => {
  const { cloud, clock, changes, link } = await begin({ silent: true })
  const server = await cloud.links.next()
  await server.received.next()
  server.welcome()
  await changes.next((up) => up)
  link.send({ type: 'offer', call, sdp: 'v=0', candidates: [] })
  link.send({ type: 'hangup', call, reason: 'camera-closed' })
  clock.advance(45_000)
  expect(await changes.next()).toBe(false)
  clock.advance(1_000)
  const again = await cloud.links.next()
  expect(await again.received.next()).toMatchObject({ type: 'hello' })
  again.welcome()
  expect(await again.received.next()).toEqual({ type: 'hangup', call, reason: 'camera-closed' })
  expect(again.received.rest()).toEqual([])
})

test('a refused handshake is told in plain words, and tried again', async () => {
  const { cloud, clock, log, server, changes } = await beginUp()
  cloud.refuseWith(403)
  server.cut()
  await changes.next((up) => !up)
  clock.advance(1_000)
  const refusal = await log.next(({ event }) => event === 'cloud-refused')
  expect(refusal.message).toMatch(/refuses this device \(HTTP 403\)/)
  cloud.refuseWith(null)
  clock.advance(20_000)
  expect((await cloud.links.next()).device).toBe(device)
})

test('stopping sends what was said before, and says goodbye', async () => {
  const { server, link } = await beginUp()
  link.send({ type: 'hangup', call, reason: 'connector-stopped' })
  await link.stop()
  expect(await server.received.next()).toMatchObject({ type: 'hangup' })
  expect(await server.closed).toBe(1000)
})
