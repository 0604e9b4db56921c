import { rmSync } from 'node:fs'
import { startCloud } from '../../cloud.ts'
import { describeFunction } from '../../functions/testing/function-bundle.ts'
import { TestClient } from '../../gateway/testing/stage.ts'
import type { CloudDescription, LocalAddresses } from '../../template/cloud-description.ts'
import { eventually } from '../../testing/eventually.ts'
import { manualClock } from '../../testing/manual-clock.ts'
import { createFaults } from '../faults.ts'
import { sameChance } from './same-chance.ts'

const API_ARN = 'arn:aws:execute-api:eu-west-1:111122223333:api1'
const TABLE_ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/counter'

/** For each message it counts one in the table, and then tells its sender what has come of that. */
const COUNTER = `
  import { request } from 'node:http'
  const ask = (url, headers, body) => new Promise((resolve, reject) => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/x, SignedHeaders=host, Signature=0'
    const asked = request(url, { method: 'POST', headers: { authorization, ...headers } }, (response) => {
      let text = ''
      response.on('data', (chunk) => { text += chunk })
      response.on('end', () => resolve({ status: response.statusCode, answer: text === '' ? {} : JSON.parse(text) }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
  const count = () => ask(process.env.AWS_ENDPOINT_URL, {
    'x-amz-target': 'DynamoDB_20120810.UpdateItem', 'x-amz-date': '20260101T000000Z', 'content-type': 'application/x-amz-json-1.0',
  }, JSON.stringify({
    TableName: 'counter', Key: { pk: { S: 'messages' } }, UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } }, ReturnValues: 'ALL_NEW',
  }))
  let invocations = 0
  export const handler = async ({ requestContext: { eventType, connectionId } }) => {
    if (eventType !== 'MESSAGE') return { statusCode: 200 }
    invocations += 1
    const { status, answer } = await count()
    const said = { status, n: Number(answer.Attributes?.n.N), type: answer.__type, now: Date.now(), invocations }
    await ask(process.env.CALLBACK_URL + '/@connections/' + encodeURIComponent(connectionId), {}, JSON.stringify(said))
    return { statusCode: 200 }
  }`

function describeStack({ connections }: LocalAddresses): CloudDescription {
  const counter = describeFunction('counter', COUNTER, {
    environment: { CALLBACK_URL: `${connections}/prod` },
    statements: [
      { effect: 'Allow', actions: ['dynamodb:UpdateItem'], resources: [TABLE_ARN] },
      {
        effect: 'Allow',
        actions: ['execute-api:ManageConnections'],
        resources: [`${API_ARN}/*/*/@connections/*`],
      },
    ],
  })
  return {
    tables: [
      {
        name: 'counter',
        arn: TABLE_ARN,
        createTable: {
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        },
      },
    ],
    functions: [counter],
    socketApis: [
      {
        id: 'api1',
        stage: 'prod',
        arn: API_ARN,
        domainName: 'api1.execute-api.eu-west-1.amazonaws.com',
        routeSelectionExpression: '$request.body.type',
        routes: ['$connect', '$disconnect', '$default'].map((key) => ({ key, functionArn: counter.arn })),
      },
    ],
    sites: [],
    userPools: [],
  }
}

/** A cloud of tables, functions and gateway on which faults can be injected, and one client of it. */
export async function startFaultyCloud() {
  const clock = manualClock(Date.now())
  const faults = createFaults({ random: sameChance(), clock })
  let finished = 0
  let description: CloudDescription | undefined
  const started = await startCloud({
    describe(addresses) {
      description = describeStack(addresses)
      return description
    },
    createSite: () => (_, response) => void response.end(),
    host: '127.0.0.1',
    port: 0,
    dataFolder: 'memory',
    latencyMs: 0,
    clock,
    faults,
    log(entry) {
      if (entry.kind === 'invocation') finished += 1
    },
  })
  if (started.kind !== 'started') throw new Error(`The cloud did not start: ${started.kind}`)
  const { cloud } = started
  const client = new TestClient(`${cloud.addresses.socket.replace('localhost', '127.0.0.1')}/prod`, {})
  await client.answered
  return {
    clock,
    faults,
    /** Says one thing; what comes back, once the instance is free again that has said it. */
    async say(): Promise<Record<string, unknown>> {
      const before = finished
      const answer = new Promise<string>((resolve) =>
        client.socket.once('message', (data) => resolve(String(data))),
      )
      client.socket.send('{}')
      const said = JSON.parse(await answer) as Record<string, unknown>
      if ('invocations' in said) await eventually(() => finished).toBe(before + 1)
      return said
    },
    async close() {
      await cloud.close()
      for (const { codeFolder } of description?.functions ?? []) rmSync(codeFolder, { recursive: true })
    },
  }
}

export type FaultyCloud = Awaited<ReturnType<typeof startFaultyCloud>>
