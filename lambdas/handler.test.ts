import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { createLocalJWKSet } from 'jose'
import { describe, expect, it } from 'vitest'
import { noAccounts } from './accounts/no-accounts.ts'
import type { Backend } from './core/backend.ts'
import { createRoutesCache } from './core/routes-cache.ts'
import type { Door } from './door/admit.ts'
import { contextOf } from './door/principal-context.ts'
import { deviceKey, SOCKET_URL } from './door/testing/device-key.ts'
import {
  CLIENT,
  claims,
  ISSUER,
  idToken,
  jwksOf,
  NOW,
  NOW_SECONDS,
  signingKey,
} from './door/testing/issuer.ts'
import { handle, type SocketEvent } from './handler.ts'
import { createLog } from './log.ts'
import { createMemoryStore } from './testing/memory-store.ts'
import { createRecordingConnections } from './testing/recording-connections.ts'

const ORIGIN = 'https://home.example'
const ARN = 'arn:aws:execute-api:us-east-1:123456789012:api/v1/$connect'
const CONNECTION = 'connection='
const key = signingKey('k')
const device = deviceKey()

function createFunction() {
  const store = createMemoryStore(() => NOW)
  const posted = createRecordingConnections()
  const lines: string[] = []
  const backend: Backend = {
    store,
    connections: posted.connections,
    accounts: noAccounts,
    cache: createRoutesCache(),
    iceServers: [],
    webOrigin: ORIGIN,
    ownerEmail: 'owner@home.example',
    log: createLog('info', (line) => lines.push(line)),
    now: () => NOW,
    randomBytes: (count) => new Uint8Array(count),
  }
  const door: Door = {
    webOrigin: ORIGIN,
    socketUrl: SOCKET_URL,
    issuer: ISSUER,
    clientId: CLIENT,
    keyOf: createLocalJWKSet(JSON.parse(jwksOf(key))),
    store,
    now: () => NOW,
  }
  const on = (event: Parameters<typeof handle>[0]) => handle(event, door, backend)
  return { store, posted, lines, on }
}

const connecting = (headers: Record<string, string>) =>
  ({
    type: 'REQUEST',
    methodArn: ARN,
    headers,
    requestContext: { connectionId: CONNECTION },
  }) as unknown as APIGatewayRequestAuthorizerEvent

const socketEvent = (eventType: string, authorizer: object | undefined, body = '{"type":"nonsense"}') =>
  ({
    requestContext: { eventType, connectionId: CONNECTION, connectedAt: 1, authorizer },
    body,
  }) as unknown as SocketEvent

const asDevice = { principalId: 'x', ...contextOf({ kind: 'device', id: device.id }) }

describe('the function', () => {
  it('[R1] lets a device in with a policy for its own connect only, and says who it is', async () => {
    const headers = { 'Sec-WebSocket-Protocol': `mihari.v1, device.${device.token()}` }
    expect(await createFunction().on(connecting(headers))).toEqual({
      principalId: `device:${device.id}`,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: ARN }],
      },
      context: { kind: 'device', id: device.id },
    })
  })

  it('[R30] lets in as nobody whose token was good once', async () => {
    const old = await idToken(key, claims({ exp: NOW_SECONDS - 3600 }))
    const headers = { 'sec-websocket-protocol': `mihari.v1, bearer.${old}` }
    expect(await createFunction().on(connecting(headers))).toMatchObject({
      principalId: 'nobody',
      policyDocument: { Statement: [{ Effect: 'Allow' }] },
      context: { kind: 'nobody', reason: 'token-expired' },
    })
  })

  it('[R2] denies a page of another site, in whatever case its headers are', async () => {
    const protocol = `mihari.v1, device.${device.token()}`
    const headers = { 'SEC-WEBSOCKET-PROTOCOL': protocol, ORIGIN: 'https://evil.example' }
    const answer = await createFunction().on(connecting(headers))
    expect(answer).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny', Resource: ARN }] } })
    expect(answer).not.toHaveProperty('context')
  })

  it('[R1] denies a handshake without headers of ours', async () => {
    const answer = await createFunction().on(connecting({}))
    expect(answer).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } })
  })

  it('logs who was let in by id and who was not by reason, and nothing of what they showed', async () => {
    const { on, lines } = createFunction()
    const person = { email: 'aiko@home.example', email_verified: true, name: 'Aiko' }
    const token = await idToken(key, claims(person))
    await on(connecting({ 'sec-websocket-protocol': `mihari.v1, bearer.${token}` }))
    await on(connecting({ 'sec-websocket-protocol': `mihari.v1, bearer.${token}x` }))
    await on(connecting({ 'sec-websocket-protocol': `mihari.v1, guest.${'g'.repeat(22)}` }))
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'admitted', kind: 'person', connection: CONNECTION },
      { event: 'refused', why: 'wrong-signature', connection: CONNECTION },
      { event: 'refused', why: 'unknown-link', connection: CONNECTION },
    ])
    expect(lines.join('')).not.toMatch(/aiko|gggg|eyJ/i)
  })

  it('[R1] selects the subprotocol, as the gateway does not do so by itself', async () => {
    expect(await createFunction().on(socketEvent('CONNECT', asDevice))).toEqual({
      statusCode: 200,
      headers: { 'Sec-WebSocket-Protocol': 'mihari.v1' },
    })
  })

  it('hands a message to the core with who sent it', async () => {
    const { on, posted } = createFunction()
    expect(await on(socketEvent('MESSAGE', asDevice))).toEqual({ statusCode: 200 })
    expect(posted.take()).toMatchObject([{ connection: CONNECTION, message: { code: 'unknown-type' } }])
  })

  it('takes a viewer off the list when its connection is over', async () => {
    const { on, store } = createFunction()
    const viewer = { kind: 'guest', id: 'g'.repeat(22), device: device.id } as const
    const listed = { connection: CONNECTION, viewer: viewer.id, owner: false, connectedAt: NOW }
    await store.addConnection(listed, NOW + 60_000)
    await on(socketEvent('DISCONNECT', contextOf(viewer)))
    expect(await store.listConnections()).toEqual([])
  })

  it.each(['MESSAGE', 'DISCONNECT'])('does nothing for a %s without a principal', async (eventType) => {
    const event = socketEvent(eventType, undefined)
    await expect(createFunction().on(event)).rejects.toThrow('no principal')
  })
})
