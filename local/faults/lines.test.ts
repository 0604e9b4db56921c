import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { type FaultyStage, startFaultyStage } from './testing/faulty-stage.ts'

const stages: FaultyStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function start(...settings: Parameters<typeof startFaultyStage>): Promise<FaultyStage> {
  const stage = await startFaultyStage(...settings)
  stages.push(stage)
  return stage
}

const message = (type: string) => JSON.stringify({ type })
const disconnects = ({ eventsOf }: FaultyStage): unknown[] =>
  eventsOf('DISCONNECT').map(({ requestContext }) => requestContext.disconnectStatusCode)
/** What was sent before this has been read by the cloud's process. */
const roundTrip = (client: { readonly socket: WebSocketLike }) =>
  new Promise<void>((resolve) => {
    client.socket.once('pong', () => resolve())
    client.socket.ping()
  })
interface WebSocketLike {
  once(event: 'pong', listener: () => void): unknown
  ping(): void
}

it('a stage with faults that nobody has injected is as one without', async () => {
  const stage = await start()
  const client = await stage.connect()
  client.socket.send(message('hello'))
  await eventually(stage.heard).toEqual(['hello'])
  expect(await stage.post(client.id, message('welcome'))).toBe(200)
  await eventually(() => client.frames).toEqual([message('welcome')])
  client.socket.close(1000)
  await eventually(() => disconnects(stage)).toEqual([1000])
  expect(stage.faults.counts()).toEqual({})
})

describe('delay', () => {
  it('holds what crosses in its direction, for as long as it lasts, and keeps the order', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'delay', direction: 'to-cloud', ms: 300, forMs: 1000 })
    client.socket.send(message('one'))
    await eventually(stage.faults.counts).toEqual({ 'delay to-cloud': 1 })
    expect(await stage.post(client.id, message('answer'))).toBe(200)
    await eventually(() => client.frames).toEqual([message('answer')])
    stage.clock.advance(299)
    expect(stage.heard()).toEqual([])
    stage.clock.advance(1)
    expect(stage.heard()).toEqual(['one'])
    stage.clock.advance(699)
    client.socket.send(message('two'))
    await eventually(stage.faults.counts).toEqual({ 'delay to-cloud': 2 })
    stage.clock.advance(1)
    client.socket.send(message('three'))
    stage.clock.advance(299)
    await eventually(stage.heard).toEqual(['one', 'two', 'three'])
    expect(stage.faults.counts()).toEqual({ 'delay to-cloud': 2 })
  })

  it('of both directions holds a pong twice', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'delay', direction: 'both', ms: 100, forMs: 1000 })
    const answered = roundTrip(client)
    await eventually(stage.faults.counts).toEqual({ 'delay to-cloud': 1 })
    stage.clock.advance(100)
    expect(stage.faults.counts()).toEqual({ 'delay to-cloud': 1, 'delay to-client': 1 })
    stage.clock.advance(100)
    await answered
  })
})

describe('reorder', () => {
  it('brings the messages of one client in another order, each once', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'reorder', upToMs: 500, forMs: 1000 })
    const sent = Array.from({ length: 12 }, (_, index) => `m${index}`)
    for (const type of sent) client.socket.send(message(type))
    await eventually(stage.faults.counts).toEqual({ reorder: 12 })
    stage.clock.advance(500)
    expect(stage.heard()).not.toEqual(sent)
    expect(stage.heard().toSorted()).toEqual(sent.toSorted())
  })

  it('leaves pings where they are', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'reorder', upToMs: 500, forMs: 1000 })
    await roundTrip(client)
    expect(stage.faults.counts()).toEqual({})
  })
})

describe('drop', () => {
  it('takes the next messages of these types, and no others', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'drop', direction: 'to-cloud', types: ['answer', 'offer'], count: 2 })
    for (const type of ['call', 'answer', 'alive', 'offer', 'answer']) client.socket.send(message(type))
    await eventually(stage.heard).toEqual(['call', 'alive', 'answer'])
    expect(stage.faults.counts()).toEqual({ 'drop answer to-cloud': 1, 'drop offer to-cloud': 1 })
  })

  it('takes what the cloud posts, which is answered as ever', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'drop', direction: 'to-client', types: 'any', count: 1 })
    expect(await stage.post(client.id, 'lost')).toBe(200)
    expect(await stage.post(client.id, 'kept')).toBe(200)
    await eventually(() => client.frames).toEqual(['kept'])
  })
})

describe('close', () => {
  it('clean: the client and the function are told that the time is over', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'close', whose: 'any', how: 'clean', count: 1 })
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' })
    expect(disconnects(stage)).toEqual([1001])
  })

  it('abort: the connection is lost, and both ends see it', async () => {
    const stage = await start()
    const client = await stage.connect()
    stage.faults.inject({ kind: 'close', whose: 'any', how: 'abort', count: 1 })
    expect(await client.closed).toMatchObject({ code: 1006 })
    await eventually(() => disconnects(stage)).toEqual([1006])
  })

  it('closes only those that are meant, and as many', async () => {
    const stage = await start()
    const device = await stage.connect('device')
    const viewers = [
      await stage.connect('bearer'),
      await stage.connect('guest'),
      await stage.connect('guest'),
    ]
    stage.faults.inject({ kind: 'close', whose: 'viewer', how: 'clean', count: 2 })
    await eventually(() => disconnects(stage)).toEqual([1001, 1001])
    await eventually(() => viewers.filter(({ socket }) => socket.readyState === socket.OPEN).length).toBe(1)
    stage.faults.inject({ kind: 'close', whose: 'device', how: 'clean', count: 2 })
    expect(await device.closed).toMatchObject({ code: 1001 })
    expect(stage.faults.counts()).toEqual({ 'close clean': 3 })
  })

  describe('silent', () => {
    async function silenced() {
      const stage = await start()
      const client = await stage.connect()
      stage.faults.inject({ kind: 'close', whose: 'any', how: 'silent', count: 1 })
      return { stage, client }
    }

    it('posts are answered 200 and reach nobody, messages and pings are not heard', async () => {
      const { stage, client } = await silenced()
      let ponged = false
      client.socket.on('pong', () => {
        ponged = true
      })
      client.socket.ping()
      client.socket.send(message('hello'))
      expect(await stage.post(client.id, 'into the void')).toBe(200)
      // Another client's messages have gone all the way meanwhile.
      const other = await stage.connect()
      await roundTrip(other)
      expect({ ponged, heard: stage.heard(), frames: client.frames }).toEqual({
        ponged: false,
        heard: [],
        frames: [],
      })
    })

    it('that the client has given up is not seen before the idle time is over', async () => {
      const { stage, client } = await silenced()
      client.socket.terminate()
      await client.closed
      const other = await stage.connect()
      await roundTrip(other)
      expect(disconnects(stage)).toEqual([])
      expect(await stage.post(client.id, 'into the void')).toBe(200)
      stage.clock.advance(10 * 60_000)
      expect(disconnects(stage)).toEqual([1001, 1001])
      expect(await stage.post(client.id, 'gone')).toBe(410)
    })

    it('who speaks to an end that is no more loses the connection', async () => {
      const { stage, client } = await silenced()
      stage.clock.advance(10 * 60_000)
      expect(await client.closed).toMatchObject({ code: 1006 })
    })
  })
})

describe('outage', () => {
  it('holds everything until it is over, new connections too', async () => {
    const stage = await start()
    const client = await stage.connect('device')
    stage.faults.inject({ kind: 'outage', whose: 'device', forMs: 60_000 })
    client.socket.send(message('status'))
    expect(await stage.post(client.id, 'call')).toBe(200)
    const next = stage.connect('device')
    const viewer = await stage.connect('bearer')
    await roundTrip(viewer)
    stage.clock.advance(59_999)
    expect({ heard: stage.heard(), frames: client.frames }).toEqual({ heard: [], frames: [] })
    expect(stage.eventsOf('CONNECT')).toHaveLength(2)
    stage.clock.advance(1)
    await eventually(stage.heard).toEqual(['status'])
    await eventually(() => client.frames).toEqual(['call'])
    const { socket, status } = await next
    expect(status).toBe(101)
    socket.send(message('hello'))
    await eventually(stage.heard).toEqual(['status', 'hello'])
  })

  it('who gave up meanwhile is seen to have gone when it is over, and was never there if new', async () => {
    const stage = await start()
    const client = await stage.connect('device')
    stage.faults.inject({ kind: 'outage', whose: 'any', forMs: 60_000 })
    const next = stage.open()
    // Its upgrade has reached the process by then.
    expect(await stage.post(client.id, 'call')).toBe(200)
    client.socket.terminate()
    await client.closed
    next.socket.terminate()
    await expect(next.answered).rejects.toThrow()
    expect(await stage.post(client.id, 'call')).toBe(200)
    expect(disconnects(stage)).toEqual([])
    stage.clock.advance(60_000)
    await eventually(() => disconnects(stage)).toEqual([1006])
    expect(stage.eventsOf('CONNECT')).toHaveLength(1)
  })
})

it('what was cleared happens no more, and what was held is let go', async () => {
  const stage = await start()
  const client = await stage.connect()
  const { faults } = stage
  faults.inject({ kind: 'drop', direction: 'to-cloud', types: 'any', count: 5 })
  faults.inject({ kind: 'delay', direction: 'to-cloud', ms: 1000, forMs: 5000 })
  faults.inject({ kind: 'reorder', upToMs: 1000, forMs: 5000 })
  faults.inject({ kind: 'outage', whose: 'any', forMs: 60_000 })
  expect(await stage.post(client.id, 'held')).toBe(200)
  stage.clock.advance(1000)
  expect(client.frames).toEqual([])
  faults.clear()
  client.socket.send(message('hello'))
  await eventually(stage.heard).toEqual(['hello'])
  await eventually(() => client.frames).toEqual(['held'])
})
