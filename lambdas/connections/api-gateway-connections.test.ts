import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi'
import { afterEach, describe, expect, it } from 'vitest'
import type { Connections } from '../core/ports.ts'
import { createApiGatewayConnections } from './api-gateway-connections.ts'

let close: (() => void) | undefined
afterEach(() => close?.())

/** A gateway that gives the same answer to everything, and what it was asked. */
async function gateway(status: number, errorType?: string) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`.trim())
      response.writeHead(status, errorType === undefined ? {} : { 'x-amzn-ErrorType': errorType })
      response.end(status === 204 ? undefined : '{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const client = new ApiGatewayManagementApiClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  close = () => {
    client.destroy()
    server.close()
  }
  const waited: number[] = []
  const wait = async (ms: number) => {
    waited.push(ms)
  }
  return { connections: createApiGatewayConnections(client, wait), asked, waited }
}

const post = (connections: Connections) =>
  connections.post('abc=', { type: 'welcome', protocol: 1, device: 'd', paired: true })

it('posts the message as JSON to the connection', async () => {
  const { connections, asked } = await gateway(200)
  expect(await post(connections)).toBe('sent')
  expect(asked).toEqual([
    'POST /v1/@connections/abc%3D {"type":"welcome","protocol":1,"device":"d","paired":true}',
  ])
})

it('says gone for 410, which is an answer and not a failure', async () => {
  const { connections } = await gateway(410, 'GoneException')
  expect(await post(connections)).toBe('gone')
})

it('closes a connection', async () => {
  const { connections, asked } = await gateway(204)
  await connections.disconnect('abc=')
  expect(asked).toEqual(['DELETE /v1/@connections/abc%3D'])
})

it('takes a connection that is gone for closed', async () => {
  const { connections, asked } = await gateway(410, 'GoneException')
  await connections.disconnect('abc=')
  expect(asked).toHaveLength(1)
})

describe.each([
  ['post', post],
  ['disconnect', (connections: Connections) => connections.disconnect('abc=')],
] as const)('%s', (_name, act) => {
  it.each([
    [403, 'ForbiddenException'],
    [413, 'PayloadTooLargeException'],
  ])('rejects on %i without a second try', async (status, errorType) => {
    const { connections, asked } = await gateway(status, errorType)
    await expect(act(connections)).rejects.toThrow()
    expect(asked).toHaveLength(1)
  })

  it('tries once more when the gateway fails', async () => {
    const { connections, asked, waited } = await gateway(500)
    await expect(act(connections)).rejects.toThrow()
    expect(asked).toHaveLength(2)
    expect(waited).toEqual([])
  })

  it('tries once more after a moment when the gateway has too much to do', async () => {
    const { connections, asked, waited } = await gateway(429, 'LimitExceededException')
    await expect(act(connections)).rejects.toThrow()
    expect(asked).toHaveLength(2)
    expect(waited).toEqual([200])
  })
})
