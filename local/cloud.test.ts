import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { type Cloud, type CloudOptions, startCloud } from './cloud.ts'
import type { CloudLogEntry } from './cloud-log.ts'
import { describeFunction } from './functions/testing/function-bundle.ts'
import { TestClient } from './gateway/testing/stage.ts'
import type { CloudDescription, FunctionDescription, LocalAddresses } from './template/cloud-description.ts'
import { eventually } from './testing/eventually.ts'

const API_ARN = 'arn:aws:execute-api:eu-west-1:111122223333:api1'
const TABLE_ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/mihari'

/** Keeps who is there in the table, and says everything that it hears to everyone who is. */
const RELAY = `
  import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi'
  import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
  const tables = new DynamoDBClient({ maxAttempts: 1 })
  const connections = new ApiGatewayManagementApiClient({ endpoint: process.env.CALLBACK_URL, maxAttempts: 1 })
  const Key = { pk: { S: 'room' } }
  const change = (verb, id) => tables.send(new UpdateItemCommand({
    TableName: process.env.TABLE_NAME, Key, UpdateExpression: verb + ' ids :id',
    ExpressionAttributeValues: { ':id': { SS: [id] } },
  }))
  export const handler = async ({ requestContext: { eventType, connectionId }, body }) => {
    if (eventType === 'CONNECT') await change('ADD', connectionId)
    if (eventType === 'DISCONNECT') await change('DELETE', connectionId)
    if (eventType === 'MESSAGE') {
      const { Item } = await tables.send(new GetItemCommand({ TableName: process.env.TABLE_NAME, Key }))
      await Promise.all(Item.ids.SS.map((ConnectionId) =>
        connections.send(new PostToConnectionCommand({ ConnectionId, Data: body }))))
    }
    return { statusCode: 200 }
  }`

let relaySource: string
const clouds: Cloud[] = []
const folders: string[] = []

beforeAll(async () => {
  const bundle = await build({
    stdin: { contents: RELAY, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
  })
  relaySource = bundle.outputFiles[0]?.text ?? ''
})

afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function describeStack(
  { connections }: LocalAddresses,
  relay: Partial<FunctionDescription> = {},
): CloudDescription {
  const relayFunction = describeFunction('relay', relaySource, {
    environment: { TABLE_NAME: 'mihari', CALLBACK_URL: `${connections}/prod` },
    statements: [
      { effect: 'Allow', actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [TABLE_ARN] },
      {
        effect: 'Allow',
        actions: ['execute-api:ManageConnections'],
        resources: [`${API_ARN}/*/*/@connections/*`],
      },
    ],
    ...relay,
  })
  folders.push(relayFunction.codeFolder)
  return {
    tables: [
      {
        name: 'mihari',
        arn: TABLE_ARN,
        createTable: {
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        },
      },
    ],
    functions: [relayFunction],
    socketApis: [
      {
        id: 'api1',
        stage: 'prod',
        arn: API_ARN,
        domainName: 'api1.execute-api.eu-west-1.amazonaws.com',
        routeSelectionExpression: '$request.body.type',
        routes: ['$connect', '$disconnect', '$default'].map((key) => ({
          key,
          functionArn: relayFunction.arn,
        })),
      },
    ],
    sites: [],
    userPools: [],
  }
}

interface Setting extends Partial<CloudOptions> {
  relay?: Partial<FunctionDescription>
}

async function start({ relay, ...options }: Setting = {}) {
  const log: CloudLogEntry[] = []
  const started = await startCloud({
    describe: (addresses) => describeStack(addresses, relay),
    createSite: () => (_, response) => void response.end('site'),
    host: '127.0.0.1',
    port: 0,
    dataFolder: 'memory',
    latencyMs: 0,
    clock: systemClock,
    log: (entry) => log.push(entry),
    ...options,
  })
  if (started.kind !== 'started') return { started }
  const { cloud } = started
  clouds.push(cloud)
  const open = () => new TestClient(`${cloud.addresses.socket.replace('localhost', '127.0.0.1')}/prod`, {})
  const refused = () => log.filter(({ kind }) => kind === 'refused')
  return { started, cloud, open, log, refused }
}

async function started(setting?: Setting) {
  const result = await start(setting)
  if (!result.cloud) throw new Error(`The cloud did not start: ${result.started.kind}`)
  return result
}

test('what one client says reaches another one, through functions, table and @connections', async () => {
  const { open, cloud } = await started()
  const [one, two] = [open(), open()]
  expect(await Promise.all([one.answered, two.answered])).toMatchObject([{ status: 101 }, { status: 101 }])
  one.socket.send('{"type":"hello"}')
  await eventually(() => [...one.frames, ...two.frames]).toEqual(Array(2).fill('{"type":"hello"}'))
  await eventually(() => cloud.meter.snapshot().functionRequests).toBe(3)
  expect(cloud.meter.snapshot()).toMatchObject({
    messagesIn: 1,
    messagesOut: 2,
    readUnits: 0.5,
    writeUnits: 2,
  })
})

test('a permission that the template lacks is missing here: on the table', async () => {
  const { open, refused } = await started({ relay: { statements: [] } })
  expect((await open().answered).status).toBe(502)
  expect(refused()).toMatchObject([
    { caller: 'relay', request: { action: 'dynamodb:UpdateItem', resource: TABLE_ARN } },
  ])
})

test('a permission that the template lacks is missing here: on the connections', async () => {
  const statements = [{ effect: 'Allow', actions: ['dynamodb:*'], resources: [TABLE_ARN] }] as const
  const { open, refused } = await started({ relay: { statements } })
  const client = open()
  await client.answered
  client.socket.send('{}')
  await eventually(() => client.frames.length).toBe(1)
  expect(JSON.parse(client.frames[0] ?? '')).toMatchObject({ message: 'Internal server error' })
  expect(refused()).toMatchObject([{ request: { action: 'execute-api:ManageConnections' } }])
})

test('a permission that the template lacks is missing here: to be invoked', async () => {
  const { open } = await started({ relay: { invokers: [] } })
  expect((await open().answered).status).toBe(500)
})

test('a variable that the template lacks is missing here', async () => {
  const { open } = await started({ relay: { environment: {} } })
  expect((await open().answered).status).toBe(502)
})

test('a route that the template lacks is missing here', async () => {
  const { open } = await started({
    describe(addresses) {
      const stack = describeStack(addresses)
      const socketApis = stack.socketApis.map((api) => ({
        ...api,
        routes: api.routes.filter(({ key }) => key !== '$default'),
      }))
      return { ...stack, socketApis }
    },
  })
  const client = open()
  await client.answered
  client.socket.send('{}')
  await eventually(() => client.frames.length).toBe(1)
  expect(JSON.parse(client.frames[0] ?? '')).toMatchObject({ message: 'Forbidden' })
})

test('a policy that cannot be decided by fails the start', async () => {
  const statements = [{ effect: 'Allow', actions: ['dynamodb:*'], resources: [] }] as const
  await expect(start({ relay: { statements } })).rejects.toThrow(
    'Function relay: a policy statement names no resource',
  )
})

test('a service that is not run here is an error, and nothing leaves this machine', async () => {
  const { cloud } = await started()
  const answer = await fetch(cloud.addresses.connections, {
    headers: { 'x-amz-target': 'AmazonSSM.GetParameter' },
  })
  expect(answer.status).toBe(404)
  expect(answer.headers.get('x-amzn-errortype')).toBe('UnknownOperationException')
})

test('the site answers on the public address', async () => {
  const site = {
    domainName: '',
    origin: '',
    defaultRootObject: '',
    deployments: [],
    headers: {},
    errorPages: [],
  }
  const { cloud } = await started({
    describe: (addresses) => ({ ...describeStack(addresses), sites: [site] }),
  })
  expect(cloud.url).toMatch(/^http:\/\/localhost:\d+$/)
  expect(await (await fetch(cloud.url)).text()).toBe('site')
})

test('a port that is taken is an answer, and everything else is given back', async () => {
  const { cloud } = await started()
  const port = Number(new URL(cloud.url).port)
  const folder = mkdtempSync(join(tmpdir(), 'mihari-cloud-'))
  folders.push(folder)
  expect((await start({ port, dataFolder: folder })).started).toEqual({ kind: 'port-taken', port })
  expect((await start({ dataFolder: folder })).started.kind).toBe('started')
})

test('a data folder in use is an answer; once it is free its items are still there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-cloud-'))
  folders.push(folder)
  const first = await started({ dataFolder: folder })
  expect((await start({ dataFolder: folder })).started).toEqual({ kind: 'folder-in-use', folder })
  await first.open().answered
  await first.cloud.close()
  const second = await started({ dataFolder: folder })
  const client = second.open()
  await client.answered
  client.socket.send('{}')
  // The connection of the first run is still in the table, and gone.
  await eventually(() => client.frames.some((frame) => frame.includes('Internal server error'))).toBe(true)
})

test('closing cuts the clients and frees the port', async () => {
  const { cloud, open } = await started()
  const client = open()
  await client.answered
  await cloud.close()
  expect((await client.closed).code).toBe(1006)
  const port = Number(new URL(cloud.url).port)
  expect((await start({ port })).started.kind).toBe('started')
})
