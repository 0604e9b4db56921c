import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { readSubprotocols } from '../../protocol/credentials.ts'
import type { FromDevice, ToDevice } from '../../protocol/directions.ts'
import { parseFromDevice } from '../../protocol/frame.ts'
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../protocol/version.ts'
import { Mailbox } from './mailbox.ts'

/** One connection of a device, as the cloud sees it. */
export interface ScriptedLink {
  readonly device: string
  /** Everything that the device says; a frame that is not the protocol fails the test. */
  readonly received: Mailbox<FromDevice>
  readonly closed: Promise<number>
  /** Pings of the device are counted, not answered by hand: `ws` answers them. */
  readonly pings: Mailbox<'ping'>
  send(message: ToDevice): void
  sendText(frame: string): void
  welcome(): void
  close(): void
  /** As a line that is cut. */
  cut(): void
}

export interface ScriptedCloud {
  readonly url: string
  readonly links: Mailbox<ScriptedLink>
  /** Answers handshakes with this status from now on; null takes them. */
  refuseWith(status: number | null): void
  stop(): Promise<void>
}

/** The cloud's end of the wire, as far as a test says. `silent`: no pong. */
export async function startScriptedCloud(
  options: { readonly silent?: boolean } = {},
): Promise<ScriptedCloud> {
  const server = createServer()
  const sockets = new WebSocketServer({
    noServer: true,
    autoPong: options.silent !== true,
    handleProtocols: () => SUBPROTOCOL,
  })
  const links = new Mailbox<ScriptedLink>()
  let refusal: number | null = null
  server.on('upgrade', (request, socket, head) => {
    const credential = readSubprotocols(request.headers['sec-websocket-protocol'] ?? '')
    if (refusal !== null || credential?.kind !== 'device') {
      socket.end(`HTTP/1.1 ${refusal ?? 403} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (ws) => links.put(linkOf(ws, credential.token)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}/v1`,
    links,
    refuseWith(status) {
      refusal = status
    },
    async stop() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function linkOf(ws: WebSocket, device: string): ScriptedLink {
  const received = new Mailbox<FromDevice>()
  const pings = new Mailbox<'ping'>()
  ws.on('ping', () => pings.put('ping'))
  ws.on('message', (data) => {
    const parsed = parseFromDevice(String(data))
    if (!parsed.ok) throw new Error(`not the protocol: ${parsed.error.detail}`)
    received.put(parsed.message)
  })
  const sendText = (frame: string) => ws.send(frame)
  const send = (message: ToDevice) => sendText(JSON.stringify(message))
  return {
    device,
    received,
    pings,
    closed: new Promise((resolve) => ws.once('close', resolve)),
    send,
    sendText,
    welcome: () => send({ type: 'welcome', protocol: PROTOCOL_VERSION, device }),
    close: () => ws.close(1001, 'Going away'),
    cut: () => ws.terminate(),
  }
}
