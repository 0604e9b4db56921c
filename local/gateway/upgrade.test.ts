import { afterEach, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { API_ARN, type Event, type StageSettings, startStage } from './testing/stage.ts'

const stages: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function stageWith(settings?: StageSettings) {
  const stage = await startStage(settings)
  stages.push(stage)
  return stage
}

const policy = (effect: string, resource: string | string[], more: object = {}) => ({
  principalId: 'someone',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource, ...more }],
  },
})
const allow = (event: Event) => policy('Allow', event.methodArn)
const unauthorized = () => {
  throw new Error('Unauthorized')
}

test.each<[string, number, StageSettings]>([
  ['a handler that answers 2xx', 101, { handle: () => ({ statusCode: 204 }) }],
  ['a handler that answers another status', 418, { handle: () => ({ statusCode: 418, body: 'no' }) }],
  ['a handler that throws', 502, { handle: unauthorized }],
  ['a handler that answers nothing', 502, { handle: () => undefined }],
  ['a handler that does not permit the gateway', 500, { invokers: [] }],
  ['no $connect route at all', 101, { api: { routes: [] } }],
  ['an authorizer that allows', 101, { authorize: allow }],
  [
    'an authorizer that allows every route of the stage',
    101,
    { authorize: () => policy('Allow', `${API_ARN}/prod/*`) },
  ],
  [
    'a policy with a list of resources',
    101,
    { authorize: (event) => policy('Allow', ['arn:aws:s3:::x', event.methodArn]) },
  ],
  ['an authorizer that throws Unauthorized', 401, { authorize: unauthorized }],
  [
    'an authorizer that throws anything else',
    500,
    {
      authorize: () => {
        throw new Error('unauthorized')
      },
    },
  ],
  ['an authorizer that denies', 403, { authorize: (event) => policy('Deny', event.methodArn) }],
  ['a policy of another stage', 403, { authorize: () => policy('Allow', `${API_ARN}/test/$connect`) }],
  ['a policy with stars for stage and route', 403, { authorize: () => policy('Allow', `${API_ARN}/*/*`) }],
  [
    'a policy of another action',
    403,
    { authorize: (event) => policy('Allow', event.methodArn, { Action: 's3:*' }) },
  ],
  ['an answer that is no policy', 500, { authorize: () => ({ isAuthorized: true }) }],
  ['no answer', 500, { authorize: () => undefined }],
  [
    'a policy without a principal',
    500,
    { authorize: (event) => ({ ...allow(event), principalId: undefined }) },
  ],
  [
    'a policy with a condition',
    500,
    { authorize: (event) => policy('Allow', event.methodArn, { Condition: {} }) },
  ],
  ['a context that is not flat', 500, { authorize: (event) => ({ ...allow(event), context: { a: {} } }) }],
  [
    'an answer above 8 KB',
    500,
    { authorize: (event) => ({ ...allow(event), context: { a: 'x'.repeat(8192) } }) },
  ],
  [
    'an authorizer that does not permit the gateway',
    500,
    {
      authorize: allow,
      invokers: [{ principal: 'apigateway.amazonaws.com', sourceArn: `${API_ARN}/*$connect` }],
    },
  ],
  [
    'a missing header as identity source',
    401,
    { authorize: allow, identitySources: ['route.request.header.Auth'] },
  ],
  [
    'a missing query as identity source',
    401,
    { authorize: allow, identitySources: ['route.request.querystring.t'] },
  ],
  ['new connections above the rate', 429, { newConnections: { ratePerSecond: 1, burst: 0 } }],
  ['requests above the stage throttle', 429, { api: { throttle: { ratePerSecond: 1, burst: 0 } } }],
])('%s: %d', async (_, status, settings) => {
  const stage = await stageWith(settings)
  expect((await stage.open().answered).status).toBe(status)
})

test('the body of a refusal names the connection and the request', async () => {
  const stage = await stageWith({ authorize: unauthorized })
  const { body } = await stage.open().answered
  expect(JSON.parse(body)).toEqual({
    message: 'Unauthorized',
    connectionId: expect.stringMatching(/^[\w-]{15}=$/),
    requestId: expect.stringMatching(/^[\w-]{15}=$/),
  })
})

test('a missing identity source spares the authorizer', async () => {
  const stage = await stageWith({ authorize: allow, identitySources: ['route.request.header.Auth'] })
  await stage.open().answered
  expect(stage.events).toEqual([])
})

test('identity sources are found in headers whatever their case, and in the query', async () => {
  const sources = ['route.request.header.Sec-WebSocket-Protocol', 'route.request.querystring.t']
  const stage = await stageWith({ authorize: allow, identitySources: sources })
  const client = stage.open({ path: '/prod?t=1', headers: { 'sec-websocket-protocol': 'mihari.v1' } })
  expect((await client.answered).status).toBe(101)
  expect(stage.events.length).toBe(2)
})

test('a refused authorizer spares the handler', async () => {
  const stage = await stageWith({ authorize: unauthorized })
  await stage.open().answered
  expect(stage.events.length).toBe(1)
})

test('another path than the stage is forbidden', async () => {
  const stage = await stageWith()
  expect((await stage.open({ path: '/test' }).answered).status).toBe(403)
})

test('only the subprotocol that $connect answers is echoed', async () => {
  const stage = await stageWith({
    handle: () => ({ statusCode: 200, headers: { 'sec-websocket-protocol': 'mihari.v1' } }),
  })
  const client = stage.open({ protocols: ['mihari.v1', 'bearer.token'] })
  await client.answered
  expect(client.socket.protocol).toBe('mihari.v1')
})

test('without an answer to its subprotocols the client fails', async () => {
  const stage = await stageWith()
  await expect(stage.open({ protocols: ['mihari.v1'] }).answered).rejects.toThrow(/subprotocol/)
})

test('an integration that takes longer than 29 s is not waited for', async () => {
  const stage = await stageWith({ handle: () => new Promise(() => {}) })
  const client = stage.open()
  await eventually(() => stage.events.length).toBe(1)
  stage.clock.advance(29_000)
  expect((await client.answered).status).toBe(504)
})

test('the context of the authorizer comes back as strings in every later event', async () => {
  const stage = await stageWith({
    authorize: (event) => ({ ...allow(event), context: { kind: 'viewer', level: 3, owner: true } }),
  })
  const client = stage.open()
  await client.answered
  client.socket.send('{}')
  await eventually(() => stage.eventsOf('MESSAGE').length).toBe(1)
  client.socket.close()
  await eventually(() => stage.eventsOf('DISCONNECT').length).toBe(1)
  const later = stage.events.filter((event) => event.type !== 'REQUEST')
  expect(later.map((event) => event.requestContext.authorizer)).toEqual(
    Array(3).fill({
      principalId: 'someone',
      kind: 'viewer',
      level: '3',
      owner: 'true',
      integrationLatency: 0,
    }),
  )
})

test('a client that leaves while $connect runs is disconnected after it', async () => {
  const accept = Promise.withResolvers<object>()
  const stage = await stageWith({
    handle: (event) => (event.requestContext.eventType === 'CONNECT' ? accept.promise : { statusCode: 200 }),
  })
  const client = stage.open()
  await eventually(() => stage.events.length).toBe(1)
  client.socket.terminate()
  await expect(client.answered).rejects.toThrow()
  accept.resolve({ statusCode: 200 })
  await eventually(() => stage.eventsOf('DISCONNECT').length).toBe(1)
  expect(stage.eventsOf('DISCONNECT')[0].requestContext).toMatchObject({ disconnectStatusCode: 1006 })
})

test('closing the gateway refuses nobody politely: the upgrade that runs is cut', async () => {
  const stage = await startStage({ handle: () => new Promise(() => {}) })
  const client = stage.open()
  await eventually(() => stage.events.length).toBe(1)
  await stage.close()
  await expect(client.answered).rejects.toThrow()
})

test('a client that comes after the gateway was closed is cut, and does not hold up the end of the listener', async () => {
  const stage = await startStage()
  stage.gateway.close()
  const client = stage.open()
  await expect(client.answered).rejects.toThrow()
  await stage.close()
  expect(stage.events).toEqual([])
})
