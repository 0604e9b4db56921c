import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { Mailbox } from '../testing/mailbox.ts'
import { Line, type SocketEvent } from './line.ts'

const undo: (() => void)[] = []
afterEach(() => {
  for (const step of undo.splice(0)) step()
})

async function listen(): Promise<number> {
  const server = createServer((socket) => undo.push(() => socket.destroy())).listen(0, '127.0.0.1')
  undo.push(() => server.close())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function open(url: string) {
  const events = new Mailbox<SocketEvent>()
  const line = new Line({ url, token: 't', heard: () => {}, became: (event) => events.put(event) })
  undo.push(() => line.drop())
  return { line, events }
}

test.each(['ws', 'wss'])(
  '%s: that somebody is there is known before the handshake is answered',
  async (scheme) => {
    const { events } = open(`${scheme}://127.0.0.1:${await listen()}/v1`)
    expect(await events.next()).toEqual({ type: 'reached' })
    expect(events.rest()).toEqual([])
  },
)

test('that nobody is there is told apart from a cloud that hangs up', async () => {
  const { line, events } = open('ws://127.0.0.1:1/v1')
  expect(await events.next()).toMatchObject({ type: 'lost', reached: false })
  await line.gone
  const silent = open(`ws://127.0.0.1:${await listen()}/v1`)
  await silent.events.next()
  silent.line.drop()
  expect(await silent.events.next()).toMatchObject({ type: 'lost', reached: true })
})

test.each([
  ['with its code and its reason', 1001, 'going away', '(1001 going away)'],
  ['with its code alone where it gave no reason', 1001, '', '(1001)'],
])('a cloud that closes is told %s', async (_title, code, reason, words) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  undo.push(() => server.close())
  server.on('connection', (socket) => socket.close(code, reason))
  await once(server, 'listening')
  const { line, events } = open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1`)
  await line.gone
  expect(events.rest().at(-1)).toMatchObject({
    type: 'lost',
    reason: `the cloud closed the connection ${words}`,
  })
})
