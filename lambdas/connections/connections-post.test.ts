import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi'
import { afterEach, expect, it } from 'vitest'
import { createConnectionsPost } from './connections-post.ts'

let close: (() => void) | undefined
afterEach(() => close?.())

async function postTo(status: number, errorType?: string) {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      bodies.push(`${request.method} ${request.url} ${body}`)
      response.writeHead(status, errorType === undefined ? {} : { 'x-amzn-ErrorType': errorType })
      response.end('{}')
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
  const sent = createConnectionsPost(client).post('abc=', { type: 'welcome', protocol: 1, device: 'd' })
  return { sent, bodies }
}

it('posts the message as JSON to the connection', async () => {
  const { sent, bodies } = await postTo(200)
  expect(await sent).toBe('sent')
  expect(bodies).toEqual(['POST /v1/@connections/abc%3D {"type":"welcome","protocol":1,"device":"d"}'])
})

it('says gone for 410, which is an answer and not a failure', async () => {
  const { sent } = await postTo(410, 'GoneException')
  expect(await sent).toBe('gone')
})

it.each([
  [403, 'ForbiddenException'],
  [413, 'PayloadTooLargeException'],
  [429, 'LimitExceededException'],
])('rejects on %i without a second try', async (status, errorType) => {
  const { sent, bodies } = await postTo(status, errorType)
  await expect(sent).rejects.toThrow()
  expect(bodies).toHaveLength(1)
})

it('tries once more when the gateway fails', async () => {
  const { sent, bodies } = await postTo(500)
  await expect(sent).rejects.toThrow()
  expect(bodies).toHaveLength(2)
})
