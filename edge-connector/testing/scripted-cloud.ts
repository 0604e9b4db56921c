import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { readSubprotocols } from '../../protocol/credentials.ts'
import type { FromDevice, ToDevice } from '../../protocol/directions.ts'
import { errorMessage } from '../../protocol/error.ts'
import { parseFromDevice } from '../../protocol/frame.ts'
import { doneReply } from '../../protocol/reply.ts'
import type { DeviceRequest } from '../../protocol/request.ts'
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../protocol/version.ts'
import { Mailbox } from './mailbox.ts'
import { createTokenCheck } from './token-check.ts'

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
  welcome(paired?: boolean): void
  /** The next request for a pairing code, taken: it is good for ten minutes from `now`. */
  takeCode(now: number): Promise<DeviceRequest['ask']>
  close(): void
  /** As a line that is cut. */
  cut(): void
}

export interface ScriptedCloud {
  readonly url: string
  readonly links: Mailbox<ScriptedLink>
  /** Devices that were told what time it is. */
  readonly corrected: Mailbox<string>
  /** Answers handshakes with this status from now on; null takes them. */
  refuseWith(status: number | null): void
  stop(): Promise<void>
}

export const SITE = 'https://mihari.example'

export interface ScriptedCloudOptions {
  /** No pong. */
  readonly silent?: boolean
  /** Epoch ms: what time it is for this cloud. */
  readonly now?: () => number
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** The cloud's end of the wire, as far as a test says. It checks tokens as the real one does. */
export async function startScriptedCloud(options: ScriptedCloudOptions = {}): Promise<ScriptedCloud> {
  const { now = Date.now } = options
  const server: Server = options.tls ? createTlsServer(options.tls) : createServer()
  const sockets = new WebSocketServer({
    noServer: true,
    autoPong: options.silent !== true,
    handleProtocols: () => SUBPROTOCOL,
  })
  const links = new Mailbox<ScriptedLink>()
  const corrected = new Mailbox<string>()
  let refusal: number | null = null
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `${options.tls ? 'wss' : 'ws'}://127.0.0.1:${port}/v1`
  const check = createTokenCheck({ audience: url, now })

  server.on('upgrade', async (request, socket, head) => {
    const credential = readSubprotocols(request.headers['sec-websocket-protocol'] ?? '')
    const verdict = credential?.kind === 'device' ? await check(credential.token) : null
    if (refusal !== null || verdict === null || verdict.kind === 'forged') {
      socket.end(`HTTP/1.1 ${refusal ?? 403} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (ws) => {
      if (verdict.kind === 'good') links.put(linkOf(ws, verdict.device))
      else ws.once('message', () => correct(ws, verdict.device))
    })
  })
  /** [R30] */
  function correct(ws: WebSocket, device: string): void {
    ws.send(JSON.stringify(errorMessage('clock-wrong', { now: now() })))
    ws.close(1000)
    corrected.put(device)
  }

  return {
    url,
    links,
    corrected,
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
    welcome: (paired = true) => send({ type: 'welcome', protocol: PROTOCOL_VERSION, device, paired }),
    async takeCode(now) {
      const request = await received.next((message) => message.type === 'request')
      if (request.type !== 'request') throw new Error('no request')
      send(doneReply<'start-pairing'>(request.id, { until: now + 600_000, site: SITE }))
      return request.ask
    },
    close: () => ws.close(1001, 'Going away'),
    cut: () => ws.terminate(),
  }
}
