import { once } from 'node:events'
import { hostname } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { appLink } from '../../protocol/app-link.ts'
import type { FromViewer, ToViewer } from '../../protocol/directions.ts'
import type { ErrorCode } from '../../protocol/error-codes.ts'
import { parseFromViewer } from '../../protocol/frame.ts'
import { doneReply, refusedReply } from '../../protocol/reply.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { type IdentityFixture, OWNER, startIdentityFixture } from '../identity/testing/identity-fixture.ts'
import { boxLabel, pairBox, readPairingLink } from './pair-box.ts'

const LINK = { kind: 'pair', device: 'd'.repeat(43), code: 'c'.repeat(22) } as const

let identity: IdentityFixture
let cloud: WebSocketServer
/** What the cloud does with a claim. */
let verdict: ErrorCode | 'done' | 'closed'
let claims: FromViewer[]
/** What those who connected have shown of themselves. */
let tokens: string[]

beforeEach(async () => {
  identity = await startIdentityFixture()
  verdict = 'done'
  claims = []
  tokens = []
  cloud = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  cloud.on('connection', (socket, request) => {
    tokens.push(/bearer\.(\S+)/.exec(request.headers['sec-websocket-protocol'] ?? '')?.[1] ?? '')
    const say = (message: ToViewer) => socket.send(JSON.stringify(message))
    socket.on('message', (data) => {
      const { ok, ...parsed } = parseFromViewer(String(data))
      if (!ok || !('message' in parsed)) throw new Error('the cloud was sent no message')
      const { message } = parsed
      if (message.type === 'hello') return say(WELCOME)
      claims.push(message)
      if (message.type !== 'request') return
      if (verdict === 'closed') return socket.close()
      // An answer to somebody else's request is none to this one.
      say(refusedReply('x'.repeat(22), 'not-allowed'))
      say(verdict === 'done' ? doneReply(message.id, {}) : refusedReply(message.id, verdict))
    })
  })
  await once(cloud, 'listening')
})

afterEach(async () => {
  for (const socket of cloud.clients) socket.terminate()
  cloud.close()
  await identity.close()
})

const WELCOME: ToViewer = {
  type: 'welcome',
  protocol: PROTOCOL_VERSION,
  self: { kind: 'person', name: OWNER, owner: true },
  cameras: [],
  iceServers: [],
}

const pair = (link = appLink('http://localhost', LINK)) =>
  pairBox(
    {
      siteUrl: `${identity.site}/`,
      socketUrl: `ws://127.0.0.1:${(cloud.address() as { port: number }).port}/v1`,
      signInLink: identity.identity.signInLink,
    },
    link,
  )

describe('the connector of this box', () => {
  it('[R39] is claimed as an owner claims a device: signed in, by the code of its link', async () => {
    await pair()
    expect(await Promise.all(tokens.map(identity.verify))).toMatchObject([{ email: OWNER }])
    const { device, code } = LINK
    expect(claims).toMatchObject([
      { type: 'request', ask: { op: 'claim-device', device, code, label: boxLabel(hostname()) } },
    ])
  })

  it('that the cloud refuses is a failure that says why', async () => {
    verdict = 'pairing-code-expired'
    await expect(pair()).rejects.toThrow('the cloud answered pairing-code-expired')
  })

  it('is not taken for claimed when the connection is lost before the answer', async () => {
    verdict = 'closed'
    await expect(pair()).rejects.toThrow('closed the connection')
  })

  it('is not claimed by a link that is none', async () => {
    await expect(pair('http://localhost/#guest=x')).rejects.toThrow('no pairing link')
    expect(tokens).toEqual([])
  })
})

it.each([
  ['attic', 'attic'],
  ['attic.fritz.box', 'attic'],
  ['', 'Mihari'],
  ['x'.repeat(65), 'Mihari'],
])('a machine called %j is in the app as %j', (host, label) => {
  expect(boxLabel(host)).toBe(label)
})

it.each([
  undefined,
  'pairing',
  { kind: 'pairing' },
  { kind: 'other', link: 'x' },
  { kind: 'pairing', link: 1 },
])('a message %j has no pairing link', (message) => {
  expect(readPairingLink(message)).toBeUndefined()
})
