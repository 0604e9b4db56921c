import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { describe, expect, it } from 'vitest'
import { handle, type SocketEvent } from './handler.ts'
import { createHome } from './testing/home.ts'
import { DEVICE } from './testing/samples.ts'

const ORIGIN = 'https://home.example'
const ARN = 'arn:aws:execute-api:us-east-1:123456789012:api/v1/$connect'

const authorizerEvent = (headers: Record<string, string>) =>
  ({ type: 'REQUEST', methodArn: ARN, headers }) as unknown as APIGatewayRequestAuthorizerEvent

const socketEvent = (eventType: string, more: object = {}) =>
  ({
    requestContext: {
      eventType,
      connectionId: 'connection',
      connectedAt: 1,
      authorizer: { principalId: 'viewer:local', kind: 'viewer', id: 'local' },
      ...more,
    },
    body: '{"type":"nonsense"}',
  }) as unknown as SocketEvent

describe('the function', () => {
  it('[R1] lets a device in with a policy for its own connect only, and says who it is', async () => {
    const headers = { 'Sec-WebSocket-Protocol': `mihari.v1, device.${DEVICE}` }
    expect(await handle(authorizerEvent(headers), ORIGIN, createHome().instance)).toMatchObject({
      policyDocument: { Statement: [{ Effect: 'Allow', Resource: ARN }] },
      context: { kind: 'device', id: DEVICE },
    })
  })

  it('[R2] denies a page of another site, in whatever case its headers are', async () => {
    const headers = { 'SEC-WEBSOCKET-PROTOCOL': 'mihari.v1', ORIGIN: 'https://evil.example' }
    const answer = await handle(authorizerEvent(headers), ORIGIN, createHome().instance)
    expect(answer).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } })
    expect(answer).not.toHaveProperty('context')
  })

  it('[R1] selects the subprotocol, as the gateway does not do so by itself', async () => {
    expect(await handle(socketEvent('CONNECT'), ORIGIN, createHome().instance)).toEqual({
      statusCode: 200,
      headers: { 'Sec-WebSocket-Protocol': 'mihari.v1' },
    })
  })

  it('hands a message to the core with who sent it', async () => {
    const home = createHome()
    expect(await handle(socketEvent('MESSAGE'), ORIGIN, home.instance)).toEqual({ statusCode: 200 })
    expect(home.posted.take()).toMatchObject([
      { connection: 'connection', message: { code: 'unknown-type' } },
    ])
  })

  it('takes a viewer off the list when its connection is over', async () => {
    const home = createHome()
    await home.store.addConnection('local', 'connection', home.state.time + 60_000)
    await handle(socketEvent('DISCONNECT'), ORIGIN, home.instance)
    expect(await home.store.listConnections('local')).toEqual([])
  })

  it('does nothing for an event without a principal', async () => {
    const event = socketEvent('MESSAGE', { authorizer: undefined })
    await expect(handle(event, ORIGIN, createHome().instance)).rejects.toThrow('no principal')
  })
})
