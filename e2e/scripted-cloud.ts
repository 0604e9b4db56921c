import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { type WebSocket, WebSocketServer } from 'ws'
import { securityHeaders } from '../cdk/security-headers.ts'
import type { FromViewer, ToViewer } from '../protocol/directions.ts'
import { parseFromViewer } from '../protocol/frame.ts'
import { doneReply } from '../protocol/reply.ts'
import { SUBPROTOCOL } from '../protocol/version.ts'
import type { VisibleCamera } from '../protocol/welcome.ts'
import { makeDeviceKey } from './device-credential.ts'

const KEY = makeDeviceKey()
/** Whom the page takes for signed in. */
const PERSON = { sub: 'owner', email: 'owner@home.test' }
const CLIENT = 'app'

export function camera(name: string, over: Partial<VisibleCamera> = {}): VisibleCamera {
  return {
    camera: `${KEY.device}.${name}`,
    label: name,
    state: 'online',
    since: Date.now(),
    role: 'owner',
    ...over,
  }
}

/** As the camera's own device signs it [R42]. */
export function signedOffer(call: string, camera: string, sdp: string): ToViewer {
  const signature = KEY.signOffer({ call, camera, sdp })
  return { type: 'offer', call, sdp, candidates: [], signature }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/**
 * The built page under the headers of the deployed site, and behind its socket a cloud that says what a test
 * tells it to.
 */
export async function startScriptedCloud(folder: string) {
  const sockets = new Set<WebSocket>()
  const received: FromViewer[] = []
  const waiting: { type: string; resolve: (message: FromViewer) => void }[] = []
  let cameras: readonly VisibleCamera[] = []
  let configured = true
  let accepting = true
  let onMessage: (message: FromViewer) => void = () => {}

  const http = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const origin = `ws://${request.headers.host}`
    for (const [name, value] of headersOf(origin)) response.setHeader(name, value)
    if (path === '/config.json') {
      response.statusCode = configured ? 200 : 404
      const signIn = { issuer: issuerOf(url()), clientId: CLIENT, scope: 'openid email' }
      response.end(JSON.stringify({ socket: `${origin}/v1`, signIn }))
      return
    }
    const file = join(folder, normalize(path === '/' ? '/index.html' : path))
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
    readFile(file).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    )
  })
  const gateway = new WebSocketServer({ noServer: true, handleProtocols: () => SUBPROTOCOL })
  http.on('upgrade', (request, socket, head) => {
    if (accepting) gateway.handleUpgrade(request, socket, head, connect)
    else socket.destroy()
  })

  function connect(socket: WebSocket): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('message', (data) => {
      const parsed = parseFromViewer(data.toString())
      if (!parsed.ok) throw new Error(`the page sent what it may not: ${parsed.error.detail}`)
      const { message } = parsed
      received.push(message)
      if (message.type === 'hello') {
        const self = { kind: 'person' as const, name: PERSON.email, owner: true }
        const welcome: ToViewer = {
          type: 'welcome',
          protocol: 1,
          self,
          cameras: [...cameras],
          iceServers: [],
        }
        socket.send(JSON.stringify(welcome))
      }
      if (message.type === 'request' && message.ask.op === 'list-watchers') {
        socket.send(JSON.stringify(doneReply<'list-watchers'>(message.id, { watchers: [] })))
      }
      const waiter = waiting.findIndex(({ type }) => type === message.type)
      if (waiter >= 0) waiting.splice(waiter, 1)[0]?.resolve(message)
      onMessage(message)
    })
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))

  function url(): string {
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}/`
  }

  return {
    url: url(),
    /** Lets every page of the context begin signed in, with the cameras' device accepted. */
    async signIn(context: BrowserContext) {
      const exp = Math.floor(Date.now() / 1000) + 3_600
      const person = { id_token: 'an.id.token', expires_at: exp, profile: { ...PERSON, exp } }
      await context.addInitScript(
        ([key, value, device]) => {
          // about:blank has no storage.
          if (!location.protocol.startsWith('http')) return
          localStorage.setItem(key, value)
          localStorage.setItem('mihari.devices', JSON.stringify([device]))
        },
        [`oidc.user:${issuerOf(url())}:${CLIENT}`, JSON.stringify(person), KEY.device] as const,
      )
    },
    /** For a page that keeps nothing. */
    guestUrl: `${url()}#guest=${'g'.repeat(22)}&device=${KEY.device}`,
    received: received as readonly FromViewer[],
    /** What the next welcomes list. */
    setCameras(...next: VisibleCamera[]) {
      cameras = next
    },
    setConfigured(next: boolean) {
      configured = next
    },
    onMessage(next: (message: FromViewer) => void) {
      onMessage = next
    },
    /** The next message of the type that has not been waited for. */
    next<Type extends FromViewer['type']>(type: Type): Promise<Extract<FromViewer, { type: Type }>> {
      return new Promise((resolve) => {
        waiting.push({ type, resolve: (message) => resolve(message as Extract<FromViewer, { type: Type }>) })
      })
    },
    say(message: ToViewer) {
      for (const socket of sockets) socket.send(JSON.stringify(message))
    },
    /** Ends every connection and lets none in until told otherwise. */
    shut() {
      accepting = false
      for (const socket of sockets) socket.terminate()
    },
    open() {
      accepting = true
    },
    async stop() {
      for (const socket of sockets) socket.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

export type ScriptedCloud = Awaited<ReturnType<typeof startScriptedCloud>>

function issuerOf(site: string): string {
  return `${site}identity`
}

function headersOf(socketOrigin: string): [string, string][] {
  const { securityHeadersBehavior, customHeadersBehavior } = securityHeaders([socketOrigin])
  const policy = securityHeadersBehavior?.contentSecurityPolicy?.contentSecurityPolicy
  if (policy === undefined) throw new Error('the site has no content security policy')
  return [
    ['Content-Security-Policy', policy],
    ...(customHeadersBehavior?.customHeaders ?? []).map(
      ({ header, value }) => [header, value] satisfies [string, string],
    ),
  ]
}
