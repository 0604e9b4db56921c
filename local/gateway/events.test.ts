import { afterEach, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { API_ARN, type Event, type StageSettings, startStage } from './testing/stage.ts'

const ID = expect.stringMatching(/^[A-Za-z0-9_-]{15}=$/)
const stages: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function stageWith(settings?: StageSettings) {
  const stage = await startStage(settings)
  stages.push(stage)
  return stage
}

const AT = Date.UTC(2026, 1, 9, 18, 11, 43)
const context = (routeKey: string, eventType: string) => ({
  routeKey,
  eventType,
  extendedRequestId: ID,
  requestTime: '09/Feb/2026:18:11:43 +0000',
  messageDirection: 'IN',
  stage: 'prod',
  connectedAt: AT,
  requestTimeEpoch: AT,
  identity: { sourceIp: '127.0.0.1' },
  requestId: ID,
  domainName: 'api1.execute-api.eu-west-1.amazonaws.com',
  connectionId: ID,
  apiId: 'api1',
})

const FRONT_HEADERS = {
  Host: 'api1.execute-api.eu-west-1.amazonaws.com',
  'Sec-WebSocket-Key': expect.any(String),
  'Sec-WebSocket-Version': '13',
  'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
  'X-Forwarded-For': '127.0.0.1',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
}

const lists = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))

test('CONNECT has headers and no body, and no query maps without a query', async () => {
  const stage = await stageWith()
  await stage.open().answered
  expect(stage.events).toEqual([
    {
      headers: FRONT_HEADERS,
      multiValueHeaders: lists(FRONT_HEADERS),
      requestContext: context('$connect', 'CONNECT'),
      isBase64Encoded: false,
    },
  ])
  const { requestId, extendedRequestId } = stage.events[0].requestContext
  expect(extendedRequestId).toBe(requestId)
})

test('CONNECT keeps the case of header names, says who the client is and has the query', async () => {
  const stage = await stageWith()
  await stage.open({
    path: '/prod?a=1&b=2&a=3',
    headers: { 'user-Agent': 'test', ORIGIN: 'http://localhost' },
  }).answered
  const [event] = stage.events
  expect(event.headers).toMatchObject({ 'user-Agent': 'test', ORIGIN: 'http://localhost' })
  expect(event.requestContext.identity).toEqual({ sourceIp: '127.0.0.1', userAgent: 'test' })
  expect(event.queryStringParameters).toEqual({ a: '3', b: '2' })
  expect(event.multiValueQueryStringParameters).toEqual({ a: ['1', '3'], b: ['2'] })
})

test('the authorizer is asked about $connect, and sees the hop-by-hop headers too', async () => {
  const stage = await stageWith({ authorize: () => undefined })
  await stage.open({ path: '/prod?t=1' }).answered
  const headers = { ...FRONT_HEADERS, Connection: 'Upgrade', Upgrade: 'websocket' }
  expect(stage.events).toEqual([
    {
      type: 'REQUEST',
      methodArn: `${API_ARN}/prod/$connect`,
      headers,
      multiValueHeaders: lists(headers),
      queryStringParameters: { t: '1' },
      multiValueQueryStringParameters: { t: ['1'] },
      stageVariables: {},
      requestContext: context('$connect', 'CONNECT'),
    },
  ])
})

test('the authorizer and the handler see the same connection', async () => {
  const authorize = (event: Event) => ({
    principalId: 'p',
    policyDocument: {
      Statement: { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn },
    },
  })
  const stage = await stageWith({ authorize })
  await stage.open().answered
  const [asked, connected] = stage.events
  expect(asked.requestContext.connectionId).toBe(connected.requestContext.connectionId)
})

test('MESSAGE has the body and nothing of the handshake', async () => {
  const stage = await stageWith()
  const client = stage.open({ path: '/prod?t=1' })
  await client.answered
  client.socket.send('{"type":"hello"}')
  await eventually(() => stage.eventsOf('MESSAGE').length).toBe(1)
  expect(stage.eventsOf('MESSAGE')).toEqual([
    {
      requestContext: { ...context('hello', 'MESSAGE'), messageId: ID },
      body: '{"type":"hello"}',
      isBase64Encoded: false,
    },
  ])
})

test('DISCONNECT has four headers, a code and a reason', async () => {
  const stage = await stageWith()
  const client = stage.open()
  await client.answered
  client.socket.close(4001, 'enough')
  await eventually(() => stage.eventsOf('DISCONNECT').length).toBe(1)
  const headers = {
    Host: 'api1.execute-api.eu-west-1.amazonaws.com',
    'x-api-key': '',
    'X-Forwarded-For': '',
    'x-restapi': '',
  }
  expect(stage.eventsOf('DISCONNECT')).toEqual([
    {
      headers,
      multiValueHeaders: lists(headers),
      requestContext: {
        ...context('$disconnect', 'DISCONNECT'),
        disconnectStatusCode: 4001,
        disconnectReason: 'enough',
      },
      isBase64Encoded: false,
    },
  ])
})

test.each([
  [
    'without a code',
    (socket: WebSocketLike) => socket.close(),
    1005,
    'Client-side close frame status not set',
  ],
  ['as a page that goes away', (socket: WebSocketLike) => socket.close(1001), 1001, ''],
  ['without a close frame', (socket: WebSocketLike) => socket.terminate(), 1006, ''],
])('a client that closes %s', async (_, leave, disconnectStatusCode, disconnectReason) => {
  const stage = await stageWith()
  const client = stage.open()
  await client.answered
  leave(client.socket)
  await eventually(() => stage.eventsOf('DISCONNECT').length).toBe(1)
  expect(stage.eventsOf('DISCONNECT')[0].requestContext).toMatchObject({
    disconnectStatusCode,
    disconnectReason,
  })
})

interface WebSocketLike {
  close(code?: number): void
  terminate(): void
}
