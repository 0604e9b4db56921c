import { expect, test } from 'vitest'
import type { ScriptedLink } from '../testing/scripted-cloud.ts'
import { busy, call, device, startLinkUp } from '../testing/start-link.ts'

/** Before the first status, and the first ping, for whose answer this clock does not wait. */
const ROLL_OVER_MS = 14_000
const hangup = { type: 'hangup', call, reason: 'camera-closed' } as const
const rolling = { type: 'welcome', protocol: 1, device, paired: true, rollOverMs: ROLL_OVER_MS } as const

/** Up to the hello on the next socket. */
async function greeting() {
  const begun = await startLinkUp(ROLL_OVER_MS)
  begun.clock.advance(ROLL_OVER_MS)
  const next = await begun.cloud.links.next()
  const hello = await next.received.next()
  return { ...begun, next, hello }
}
type Greeting = Awaited<ReturnType<typeof greeting>>

async function welcome({ log }: Pick<Greeting, 'log'>, next: ScriptedLink, ended: string[] = []) {
  next.send({ ...rolling, ended })
  await log.next(({ event }) => event === 'cloud-next')
}

/** What a socket was told is there once it answers a later ping. */
async function settled(link: ScriptedLink, clock: Greeting['clock']) {
  clock.advance(30_000)
  await link.pings.next()
}

test('[R46] the next connection is welcomed beside the present one, and everything is said there from then on', async () => {
  const begun = await greeting()
  const { server, next, hello, link, changes } = begun
  expect(hello).toMatchObject({ type: 'hello', instance: 'I'.repeat(22) })
  link.send({ type: 'offer', call, sdp: 'v=0', candidates: [] })
  expect(await server.received.next()).toMatchObject({ type: 'offer' })
  await welcome(begun, next)
  link.send(hangup)
  expect(await next.received.next()).toEqual(hangup)
  expect(server.received.rest()).toEqual([])
  expect(changes.rest()).toEqual([])
})

test('[R46] messages are heard on both, before the welcome and after it', async () => {
  const begun = await greeting()
  const { server, next, received } = begun
  const on = async (socket: ScriptedLink, letter: string) => {
    const sent = { ...hangup, call: letter.repeat(22) }
    socket.send(sent)
    expect(await received.next()).toEqual(sent)
  }
  await on(server, 'B')
  await on(next, 'C')
  await welcome(begun, next)
  await on(server, 'D')
  await on(next, 'E')
})

test('[R46] the older is closed once it was quiet for 15 s', async () => {
  const begun = await greeting()
  const { server, next, clock, received } = begun
  await welcome(begun, next)
  clock.advance(10_000)
  server.send(hangup)
  await received.next()
  clock.advance(14_999)
  server.send(hangup)
  await received.next()
  clock.advance(15_000)
  expect(await server.closed).toBe(1000)
})

test('[R46] an older one that never is quiet is closed after a minute', async () => {
  const begun = await greeting()
  const { server, next, clock, received } = begun
  await welcome({ log: begun.log }, next)
  for (let at = 10_000; at < 60_000; at += 10_000) {
    clock.advance(10_000)
    server.send(hangup)
    await received.next()
  }
  clock.advance(10_000)
  expect(await server.closed).toBe(1000)
})

test('[R46] the end of a call that was said just before is said again there', async () => {
  const begun = await greeting()
  const { server, next, link } = begun
  link.send(hangup)
  expect(await server.received.next()).toEqual(hangup)
  await welcome(begun, next)
  expect(await next.received.next()).toEqual(hangup)
})

test('[R50] hello and status are counted over all connections, and what changed in between is told', async () => {
  const begun = await greeting()
  const { server, next, link, hello } = begun
  link.tell([...busy])
  expect(hello).toMatchObject({ sequence: 2 })
  expect(await server.received.next()).toMatchObject({ type: 'status', sequence: 3 })
  await welcome(begun, next)
  expect(await next.received.next()).toEqual({ type: 'status', cameras: busy, sequence: 4 })
})

test('[R24] a welcome on any connection says which calls are over', async () => {
  const begun = await greeting()
  const { server, next, ended, received } = begun
  await welcome(begun, next, ['B'.repeat(22)])
  server.send({ ...rolling, ended: ['C'.repeat(22)] })
  server.send(hangup)
  await received.next()
  expect(ended).toEqual(['B'.repeat(22), 'C'.repeat(22)])
})

test('[R52] [R38] what an older connection is asked is asked of nobody', async () => {
  const begun = await greeting()
  const { server, next, clock, received, changes } = begun
  await welcome(begun, next)
  server.send({ type: 'error', code: 'say-hello' })
  server.send({ type: 'error', code: 'not-paired' })
  server.send(hangup)
  await received.next()
  await settled(next, clock)
  expect(next.received.rest()).toMatchObject([{ type: 'status' }])
  expect(changes.rest()).toEqual([])
})

test.each(['older', 'next'])('[R5] replaced on the %s connection stops it on all', async (where) => {
  const begun = await greeting()
  const { server, next, changes, link } = begun
  if (where === 'older') await welcome(begun, next)
  const told = where === 'older' ? server : next
  told.send({ type: 'error', code: 'replaced' })
  expect(await changes.next()).toBe('replaced')
  expect(await Promise.all([server.closed, next.closed])).toEqual([1000, 1000])
  expect(link.state().phase).toBe('stopped')
})

test('[R46] the end of the older connection ends nothing', async () => {
  const begun = await greeting()
  const { server, next, clock, changes } = begun
  await welcome(begun, next)
  server.close()
  await server.closed
  await settled(next, clock)
  expect(changes.rest()).toEqual([])
})

test('[R46] a next connection that is cut after its hello makes the present one say hello, and is tried again', async () => {
  const { server, next, clock, cloud, log, changes } = await greeting()
  next.cut()
  expect(await server.received.next()).toMatchObject({ type: 'hello', sequence: 3 })
  await log.next(({ message }) => message.startsWith('the next connection'))
  clock.advance(1_000)
  const again = await cloud.links.next()
  await again.received.next()
  await welcome({ log }, again)
  expect(changes.rest()).toEqual([])
})

test('[R46] a next connection that is refused is tried again, and the calls notice nothing', async () => {
  const { server, clock, cloud, log, changes, link } = await startLinkUp(ROLL_OVER_MS)
  cloud.refuseWith(503)
  clock.advance(ROLL_OVER_MS)
  await log.next(({ event }) => event === 'cloud-refused')
  link.send(hangup)
  expect(await server.received.next()).toEqual(hangup)
  cloud.refuseWith(null)
  clock.advance(1_000)
  const again = await cloud.links.next()
  await again.received.next()
  await welcome({ log }, again)
  expect(changes.rest()).toEqual([])
})

test('[R46] when the present one is cut meanwhile, the next one takes its place', async () => {
  const { server, next, changes, link, log } = await greeting()
  server.cut()
  expect(await changes.next()).toBe('down')
  link.send(hangup)
  next.send(rolling)
  expect(await changes.next()).toBe('up')
  expect(await next.received.next()).toEqual(hangup)
  expect(log.rest().filter(({ event }) => event === 'cloud-next')).toEqual([])
})

test('[R46] a hundred times in a row nobody is told, and no socket stays behind', async () => {
  const { server, clock, cloud, changes, log, link } = await startLinkUp(ROLL_OVER_MS)
  const sockets = [server]
  for (let n = 0; n < 100; n += 1) {
    clock.advance(ROLL_OVER_MS)
    const next = await cloud.links.next()
    await next.received.next(({ type }) => type === 'hello')
    await welcome({ log }, next)
    sockets.push(next)
    link.send({ ...hangup, call: String(n).padStart(22, 'A') })
    await next.received.next((message) => message.type === 'hangup' && message.call.endsWith(`A${n}`))
  }
  expect(changes.rest()).toEqual([])
  clock.advance(15_000)
  expect(new Set(await Promise.all(sockets.slice(0, -1).map(({ closed }) => closed)))).toEqual(
    new Set([1000]),
  )
})

test('stopping closes every connection, also one that is not welcomed yet', async () => {
  const { server, next, link } = await greeting()
  link.send(hangup)
  await link.stop()
  expect(await server.received.next()).toEqual(hangup)
  expect(await Promise.all([server.closed, next.closed])).toEqual([1000, 1000])
})
