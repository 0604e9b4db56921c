import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { afterEach, expect, test } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { API_ARN, type Event, type StageSettings, startStage } from './testing/stage.ts'

const GONE_ID = 'AAAAAAAAAAAAAAA='
const stages: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function stageWith(settings?: StageSettings) {
  const stage = await startStage(settings)
  stages.push(stage)
  return stage
}

async function connected(settings?: StageSettings) {
  const stage = await stageWith(settings)
  const client = stage.open({ headers: { 'User-Agent': 'test' } })
  await client.answered
  return { ...stage, client, id: stage.eventsOf('CONNECT')[0].requestContext.connectionId as string }
}

const post = (ConnectionId: string, Data = '{}') => new PostToConnectionCommand({ ConnectionId, Data })
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } })

test('POST reaches the client as text and answers 200', async () => {
  const { client, id, management } = await connected()
  expect(await management().send(post(id, '{"type":"offer"}'))).toMatchObject(status(200))
  await eventually(() => client.frames).toEqual(['{"type":"offer"}'])
})

test('GET tells of the connection', async () => {
  const { id, management, clock } = await connected()
  const connectedAt = new Date(clock.now())
  clock.advance(5000)
  await management().send(post(id))
  expect(await management().send(new GetConnectionCommand({ ConnectionId: id }))).toMatchObject({
    ...status(200),
    ConnectedAt: connectedAt,
    Identity: { SourceIp: '127.0.0.1', UserAgent: 'test' },
    LastActiveAt: new Date(clock.now()),
  })
})

test('DELETE answers 204, closes with 1000 and delivers $disconnect; then the connection is gone', async () => {
  const { client, id, management, eventsOf } = await connected()
  expect(await management().send(new DeleteConnectionCommand({ ConnectionId: id }))).toMatchObject(
    status(204),
  )
  expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' })
  expect(eventsOf('DISCONNECT').map((event) => event.requestContext)).toMatchObject([
    { disconnectStatusCode: 1000, disconnectReason: 'Connection Closed Normally' },
  ])
  await expect(management().send(post(id))).rejects.toMatchObject({ name: 'GoneException' })
})

test('an id that is gone: 410 GoneException, whatever is asked of it', async () => {
  const { management } = await stageWith()
  const gone = { name: 'GoneException', ...status(410) }
  const client = management()
  await expect(client.send(post(GONE_ID))).rejects.toMatchObject(gone)
  await expect(client.send(new GetConnectionCommand({ ConnectionId: GONE_ID }))).rejects.toMatchObject(gone)
  await expect(client.send(new DeleteConnectionCommand({ ConnectionId: GONE_ID }))).rejects.toMatchObject(
    gone,
  )
})

test('a connection whose own $connect runs: 410 GoneException', async () => {
  const posted = Promise.withResolvers<unknown>()
  const stage = await stageWith({
    async handle({ requestContext }: Event) {
      if (requestContext.eventType !== 'CONNECT') return { statusCode: 200 }
      posted.resolve(
        await stage
          .management()
          .send(post(requestContext.connectionId))
          .catch((error: unknown) => error),
      )
      return { statusCode: 200 }
    },
  })
  await stage.open().answered
  expect(await posted.promise).toMatchObject({ name: 'GoneException' })
})

test('an id that is none: 400 BadRequestException', async () => {
  const { management } = await stageWith()
  await expect(management().send(post('x'))).rejects.toMatchObject({
    name: 'BadRequestException',
    ...status(400),
  })
})

test('another stage: 403 ForbiddenException', async () => {
  const { id, management } = await connected()
  await expect(management('test').send(post(id))).rejects.toMatchObject({
    name: 'ForbiddenException',
    ...status(403),
  })
})

test('above 32 KB: 413 PayloadTooLargeException, and nothing is sent', async () => {
  const { client, id, management } = await connected()
  await management().send(post(id, 'x'.repeat(32 * 1024)))
  await expect(management().send(post(id, 'x'.repeat(32 * 1024 + 1)))).rejects.toMatchObject({
    name: 'PayloadTooLargeException',
    ...status(413),
  })
  await eventually(() => client.frames.length).toBe(1)
})

test('above the account throttle: 429 LimitExceededException', async () => {
  const { id, management, clock } = await connected({ accountRequests: { ratePerSecond: 1, burst: 1 } })
  await expect(management().send(post(id))).rejects.toMatchObject({
    name: 'LimitExceededException',
    ...status(429),
  })
  clock.advance(1000)
  await management().send(post(id))
})

test('a client that does not read: 429 LimitExceededException', async () => {
  const { client, id, management } = await connected()
  client.socket.pause()
  const fill = async () => {
    for (let kilobytes = 0; kilobytes < 64 * 1024; kilobytes += 32) {
      await management().send(post(id, 'x'.repeat(32 * 1024)))
    }
  }
  await expect(fill()).rejects.toMatchObject({ name: 'LimitExceededException', ...status(429) })
  client.socket.resume()
})

test('what the policy does not allow is refused and told', async () => {
  const statements = [
    {
      effect: 'Allow',
      actions: ['execute-api:ManageConnections'],
      resources: [`${API_ARN}/prod/GET/@connections/*`],
    },
  ] as const
  const { id, management, refused } = await connected({ statements })
  await management().send(new GetConnectionCommand({ ConnectionId: id }))
  await expect(management().send(post(id))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    ...status(403),
  })
  expect(refused.map(({ caller, request }) => ({ caller, ...request }))).toEqual([
    {
      caller: 'relay',
      action: 'execute-api:ManageConnections',
      resource: `${API_ARN}/prod/POST/@connections/${id}`,
    },
  ])
})

test('credentials of nobody here and unsigned requests are refused', async () => {
  const { id, management, port } = await connected()
  await expect(management('prod', 'ASIANOBODY').send(post(id))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    ...status(403),
  })
  const unsigned = await fetch(`http://127.0.0.1:${port}/prod/@connections/${id}`, {
    method: 'POST',
    body: '{}',
  })
  expect(unsigned.status).toBe(403)
  expect(unsigned.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
})

test('a deleted client that never answers the close does not hold up the end of the gateway', async () => {
  const stage = await startStage()
  const client = stage.open()
  await client.answered
  client.socket.pause()
  const ConnectionId = stage.eventsOf('CONNECT')[0].requestContext.connectionId
  await stage.management().send(new DeleteConnectionCommand({ ConnectionId }))
  await stage.close()
  client.socket.terminate()
})
