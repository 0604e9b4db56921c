import { afterEach, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { API_ARN, type Event, type StageSettings, startStage } from './testing/stage.ts'

const ID = expect.stringMatching(/^[A-Za-z0-9_-]{15}=$/)
const stages: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function connected(settings?: StageSettings) {
  const stage = await startStage(settings)
  stages.push(stage)
  const client = stage.open()
  expect((await client.answered).status).toBe(101)
  return { ...stage, client, socket: client.socket, frames: client.frames }
}

const onMessage = (answer: (event: Event) => unknown) => ({
  handle: (event: Event) =>
    event.requestContext.eventType === 'MESSAGE' ? answer(event) : { statusCode: 200 },
})
const fail = () => {
  throw new Error('secret detail')
}
const parsed = (frame: string | undefined) => JSON.parse(frame ?? 'null')

test.each([
  ['the value of the expression', '{"type":"hello"}', 'hello'],
  ['a value without a route', '{"type":"other"}', '$default'],
  ['no value', '{}', '$default'],
  ['no JSON', 'hello', '$default'],
  ['a value that is no text', '{"type":{"a":1}}', '$default'],
  ['a key that no message may have', '{"type":"$disconnect"}', '$default'],
  ['a name of the prototype', '{"type":"__proto__"}', '$default'],
])('%s selects the route', async (_, body, routeKey) => {
  const { socket, eventsOf } = await connected()
  socket.send(body)
  await eventually(() => eventsOf('MESSAGE').length).toBe(1)
  expect(eventsOf('MESSAGE')[0].requestContext.routeKey).toBe(routeKey)
})

test('without a route and without $default the client is told Forbidden, and stays connected', async () => {
  const { socket, frames, events } = await connected({ api: { routes: [] } })
  socket.send('{"type":"hello"}')
  await eventually(() => frames.length).toBe(1)
  expect(parsed(frames[0])).toEqual({ message: 'Forbidden', connectionId: ID, requestId: ID })
  expect(events).toEqual([])
  expect(socket.readyState).toBe(socket.OPEN)
})

test('a function that throws is told as Internal server error, without what it threw', async () => {
  const { socket, frames } = await connected(onMessage(fail))
  socket.send('{}')
  await eventually(() => frames.length).toBe(1)
  expect(parsed(frames[0])).toEqual({ message: 'Internal server error', connectionId: ID, requestId: ID })
})

test('what a function answers to a message goes nowhere, an error status neither', async () => {
  const { socket, frames, eventsOf } = await connected(onMessage(() => ({ statusCode: 500, body: 'no' })))
  socket.send('{}')
  await eventually(() => eventsOf('MESSAGE').length).toBe(1)
  socket.ping()
  await new Promise((resolve) => socket.once('pong', resolve))
  expect(frames).toEqual([])
})

test('a function that does not permit the route is not invoked', async () => {
  const { socket, frames, eventsOf } = await connected({
    invokers: [{ principal: 'apigateway.amazonaws.com', sourceArn: `${API_ARN}/*$connect` }],
  })
  socket.send('{"type":"hello"}')
  await eventually(() => frames.length).toBe(1)
  expect(parsed(frames[0]).message).toBe('Internal server error')
  expect(eventsOf('MESSAGE')).toEqual([])
})

test('after 29 s the client is told that the endpoint timed out', async () => {
  const { socket, frames, clock, eventsOf } = await connected(onMessage(() => new Promise(() => {})))
  socket.send('{}')
  await eventually(() => eventsOf('MESSAGE').length).toBe(1)
  clock.advance(28_999)
  expect(frames).toEqual([])
  clock.advance(1)
  await eventually(() => frames.length).toBe(1)
  expect(parsed(frames[0])).toEqual({
    message: 'Endpoint request timed out',
    connectionId: ID,
    requestId: ID,
  })
})

test('messages of one connection run at the same time: a later one may end first', async () => {
  const first = Promise.withResolvers<void>()
  const ended: string[] = []
  const { socket } = await connected(
    onMessage(async ({ body }) => {
      if (body === '1') await first.promise
      ended.push(body)
    }),
  )
  socket.send('1')
  socket.send('2')
  await eventually(() => ended).toEqual(['2'])
  first.resolve()
  await eventually(() => ended).toEqual(['2', '1'])
})

test('messages above the throttle are refused', async () => {
  const { socket, frames, clock } = await connected({ api: { throttle: { ratePerSecond: 1, burst: 1 } } })
  socket.send('{}')
  await eventually(() => frames.length).toBe(1)
  expect(parsed(frames[0]).message).toBe('Too Many Requests')
  clock.advance(1000)
  socket.send('{}')
  socket.ping()
  await new Promise((resolve) => socket.once('pong', resolve))
  expect(frames.length).toBe(1)
})

test('a binary frame closes with 1003', async () => {
  const { socket, client, eventsOf } = await connected()
  socket.send(Buffer.from('{}'), { binary: true })
  expect((await client.closed).code).toBe(1003)
  expect(eventsOf('DISCONNECT')[0].requestContext.disconnectStatusCode).toBe(1003)
  expect(eventsOf('MESSAGE')).toEqual([])
})

const KB = 1024

test('a frame of 32 KB is taken, one byte more closes with 1009 and reaches nobody', async () => {
  const { socket, client, eventsOf } = await connected()
  socket.send('x'.repeat(32 * KB))
  await eventually(() => eventsOf('MESSAGE').length).toBe(1)
  socket.send('x'.repeat(32 * KB + 1))
  expect((await client.closed).code).toBe(1009)
  expect(eventsOf('DISCONNECT')[0].requestContext.disconnectStatusCode).toBe(1009)
  expect(eventsOf('MESSAGE').length).toBe(1)
})

const sendFragments = (socket: { send(data: string, options: object): void }, sizes: readonly number[]) => {
  for (const [index, size] of sizes.entries())
    socket.send('x'.repeat(size), { fin: index === sizes.length - 1 })
}

test('a message of 128 KB may come in frames of 32 KB', async () => {
  const { socket, eventsOf } = await connected()
  sendFragments(socket, Array(4).fill(32 * KB))
  await eventually(() => eventsOf('MESSAGE').length).toBe(1)
  expect(eventsOf('MESSAGE')[0].body.length).toBe(128 * KB)
})

test('a message above 128 KB closes with 1009, however it is cut', async () => {
  const { socket, client, eventsOf } = await connected()
  sendFragments(socket, [...Array(4).fill(32 * KB), 1])
  expect((await client.closed).code).toBe(1009)
  expect(eventsOf('DISCONNECT')[0].requestContext.disconnectStatusCode).toBe(1009)
  expect(eventsOf('MESSAGE')).toEqual([])
})

const MINUTES = 60_000

test('ten minutes without a message close the connection, a ping does not help', async () => {
  const { socket, client, clock, eventsOf } = await connected()
  clock.advance(9 * MINUTES)
  socket.ping()
  await new Promise((resolve) => socket.once('pong', resolve))
  clock.advance(1 * MINUTES)
  expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' })
  expect(eventsOf('DISCONNECT')[0].requestContext.disconnectStatusCode).toBe(1001)
})

test('a message starts the ten minutes anew, and two hours are the end', async () => {
  const { socket, client, clock, eventsOf } = await connected()
  for (let minute = 9; minute < 120; minute += 9) {
    clock.advance(9 * MINUTES)
    const before = eventsOf('MESSAGE').length
    socket.send('{}')
    await eventually(() => eventsOf('MESSAGE').length).toBe(before + 1)
  }
  expect(socket.readyState).toBe(socket.OPEN)
  clock.advance(3 * MINUTES)
  expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' })
})

test('every leg takes its delay, and keeps its order', async () => {
  const stage = await startStage({ latencyMs: 40 })
  stages.push(stage)
  const { clock, eventsOf } = stage
  const client = stage.open()
  const ticking = setInterval(() => clock.advance(1), 1)
  await client.answered
  clearInterval(ticking)
  expect(clock.now() - eventsOf('CONNECT')[0].requestContext.requestTimeEpoch).toBeGreaterThanOrEqual(40)
  client.socket.send('1')
  client.socket.send('2')
  client.socket.ping()
  // The ping's way to the cloud begins after the messages arrived there.
  const pong = new Promise((resolve) => client.socket.once('pong', resolve))
  await new Promise((resolve) => setImmediate(resolve))
  expect(eventsOf('MESSAGE')).toEqual([])
  const again = setInterval(() => clock.advance(1), 1)
  await pong
  clearInterval(again)
  expect(eventsOf('MESSAGE').map(({ body }) => body)).toEqual(['1', '2'])
})

test('the access log is what the format asks for', async () => {
  const accessLogFormat =
    '{"route":"$context.routeKey","type":"$context.eventType","status":$context.status,"ip":"$context.identity.sourceIp","none":"$context.authorizer.principalId","error":"$context.error.message","why":"$context.integrationErrorMessage"}'
  const { socket, access } = await connected({ ...onMessage(fail), api: { accessLogFormat } })
  socket.send('{"type":"hello"}')
  await eventually(() => access.length).toBe(2)
  socket.close()
  await eventually(() => access.length).toBe(3)
  const common = { ip: '127.0.0.1', none: '-', error: '-', why: '-' }
  expect(access.map((line) => JSON.parse(line))).toEqual([
    { ...common, route: '$connect', type: 'CONNECT', status: 200 },
    {
      ...common,
      route: 'hello',
      type: 'MESSAGE',
      status: 500,
      error: 'Internal server error',
      why: 'The function failed: Error',
    },
    { ...common, route: '$disconnect', type: 'DISCONNECT', status: 200 },
  ])
})

test('what AWS would bill is metered', async () => {
  const { socket, frames, metered, clock, eventsOf } = await connected(onMessage(fail))
  socket.send('x'.repeat(10))
  await eventually(() => frames.length).toBe(1)
  clock.advance(1000)
  socket.close()
  await eventually(() => eventsOf('DISCONNECT').length).toBe(1)
  const at = clock.now() - 1000
  expect(metered).toEqual([
    { kind: 'connection-opened', at },
    { kind: 'message', direction: 'in', bytes: 10 },
    { kind: 'message', direction: 'out', bytes: Buffer.byteLength(frames[0] ?? '') },
    { kind: 'connection-closed', openedAt: at, at: at + 1000 },
  ])
})
