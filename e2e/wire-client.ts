import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import { toBase64url } from '../protocol/base64url.ts'
import type { IncomingCall } from '../protocol/call.ts'
import { type Credential, subprotocolsFor } from '../protocol/credentials.ts'
import type { FromDevice, FromViewer, ToDevice, ToViewer } from '../protocol/directions.ts'

type Received = ToViewer | ToDevice | IncomingCall
type ReceivedOf<Type extends Received['type']> = Extract<Received, { type: Type }>

/** A client of the cloud that says what the test wants, well-formed or not. */
export interface WireClient {
  say(message: FromViewer | FromDevice): void
  sayRaw(frame: string | Buffer): void
  sayHello(): void
  /** The first frame of the gateway's own, which has no type. */
  nextRaw(): Promise<Record<string, unknown>>
  /** The next message of the type that was not taken yet; those of other types stay. */
  next<Type extends Received['type']>(type: Type): Promise<ReceivedOf<Type>>
  /** Everything that came and was not taken. */
  readonly untaken: readonly Received[]
  /** The close code. */
  readonly closed: Promise<number>
  close(): void
}

export const newId = (): string => toBase64url(randomBytes(16))

const software = { name: 'end-to-end test', version: '1' }
const viewerHello = (): FromViewer => ({ type: 'hello', protocol: 1, software, instance: newId() })

/** The socket's address as the page learns it. */
export async function socketAddress(siteUrl: string): Promise<string> {
  const config = (await (await fetch(new URL('/config.json', siteUrl))).json()) as { socket: string }
  return config.socket
}

export function connectWire(
  url: string,
  credential: Credential,
  { origin, ca }: { readonly origin?: string; readonly ca?: string } = {},
): Promise<WireClient> {
  const socket = new WebSocket(url, subprotocolsFor(credential), {
    ...(origin === undefined ? {} : { origin }),
    ...(ca === undefined ? {} : { ca }),
  })
  const untaken: Received[] = []
  const waiting: { readonly type: string; readonly resolve: (message: never) => void }[] = []
  const gatewayFrames = Promise.withResolvers<Record<string, unknown>>()
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString()) as Record<string, unknown>
    if (frame['type'] === undefined) return gatewayFrames.resolve(frame)
    const message = frame as Received
    const index = waiting.findIndex(({ type }) => type === message.type)
    if (index === -1) untaken.push(message)
    else waiting.splice(index, 1)[0]?.resolve(message as never)
  })
  const client: WireClient = {
    say: (message) => socket.send(JSON.stringify(message)),
    sayRaw: (frame) => socket.send(frame),
    sayHello: () => client.say(viewerHello()),
    nextRaw: () => gatewayFrames.promise,
    next<Type extends Received['type']>(type: Type) {
      const index = untaken.findIndex((message) => message.type === type)
      const [found] = index === -1 ? [] : untaken.splice(index, 1)
      if (found !== undefined) return Promise.resolve(found as ReceivedOf<Type>)
      return new Promise<ReceivedOf<Type>>((resolve) => waiting.push({ type, resolve }))
    },
    untaken,
    closed: new Promise((resolve) => socket.on('close', resolve)),
    close: () => socket.close(),
  }
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(client))
    socket.on('error', reject)
  })
}

/** A person, by an ID token, that has been welcomed. */
export async function connectViewer(
  url: string,
  idToken: string,
): Promise<{ client: WireClient; cameras: ReadonlyMap<string, string> }> {
  const client = await connectWire(url, { kind: 'bearer', token: idToken })
  client.sayHello()
  const welcome = await client.next('welcome')
  if (!('cameras' in welcome)) throw new Error('welcomed as a device')
  return {
    client,
    cameras: new Map(welcome.cameras.map(({ camera }) => [camera.split('.')[1] ?? '', camera])),
  }
}
