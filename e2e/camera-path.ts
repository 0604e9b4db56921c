import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** As a browser would reach it, over UDP and IPv4. */
const HOST_CANDIDATE = /^(candidate:\S+ \d+ udp \d+ )(\d+(?:\.\d+){3}) (\d+)( typ host.*)$/i

/** The way to a camera, which leads through this process: of its pictures, too. */
export interface CameraPath {
  /** Where it is to be called. */
  readonly url: string
  /** Pictures that are under way come to nothing from now on, without a word; those of later calls arrive. */
  loseMedia(): void
  close(): void
}

export async function openCameraPath(camera: { readonly url: string }): Promise<CameraPath> {
  const ways = new Set<Way>()
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')

  server.on('connection', (client) => {
    const upstream = new WebSocket(camera.url)
    const opened = new Promise((resolve) => upstream.once('open', resolve))
    const link = (
      one: WebSocket,
      other: WebSocket,
      change: (text: string) => Promise<string | undefined>,
    ) => {
      // One after the other, whatever a change waits for.
      let last: Promise<unknown> = opened
      one.on('message', (data) => {
        last = last.then(() => change(String(data))).then((text) => text !== undefined && other.send(text))
      })
      one.on('error', () => {})
      one.on('close', () => other.terminate())
    }
    link(client, upstream, async (text) => withoutOwnWays(text))
    link(upstream, client, leadHere)
  })

  /** Of the camera's addresses only those stay that lead through here. */
  async function leadHere(text: string): Promise<string | undefined> {
    const frame = JSON.parse(text) as { what: string; data: string }
    if (frame.what !== 'iceCandidate' || frame.data === '') return text
    const data = JSON.parse(frame.data) as { candidate: string }
    const [, head, address = '', port, tail] = HOST_CANDIDATE.exec(data.candidate) ?? []
    if (head === undefined) return undefined
    const way = await openWay({ address, port: Number(port) })
    ways.add(way)
    const candidate = `${head}${address} ${way.port}${tail}`
    return JSON.stringify({ ...frame, data: JSON.stringify({ ...data, candidate }) })
  }

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(camera.url).pathname}`,
    loseMedia() {
      for (const way of ways) way.lose()
    },
    close() {
      for (const way of ways) way.close()
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}

/** Of the viewer's addresses the camera hears nothing: it finds its way back on the one by which it is asked. */
function withoutOwnWays(text: string): string | undefined {
  const frame = JSON.parse(text) as { what: string; data?: string }
  if (frame.what === 'addIceCandidate') return undefined
  if (frame.what !== 'answer' || frame.data === undefined) return text
  const data = JSON.parse(frame.data) as { sdp: string }
  const sdp = data.sdp.replace(/^a=candidate:.*\r?\n/gm, '')
  return JSON.stringify({ ...frame, data: JSON.stringify({ ...data, sdp }) })
}

interface Way {
  readonly port: number
  /** What comes this way vanishes. */
  lose(): void
  close(): void
}

interface Place {
  readonly address: string
  readonly port: number
}

/** To each who comes this way it seems as if the camera were here, and to the camera as if each were here. */
async function openWay(camera: Place): Promise<Way> {
  const guests = new Map<string, Socket>()
  let lost = false
  const door = await bind(camera.address)
  door.on('message', (packet, from) => {
    if (lost) return
    const name = `${from.address}:${from.port}`
    const known = guests.get(name)
    if (known !== undefined) return known.send(packet, camera.port, camera.address)
    const guest = createSocket('udp4')
    guests.set(name, guest)
    guest.on('message', (back) => {
      if (!lost) door.send(back, from.port, from.address)
    })
    guest.on('error', () => {})
    guest.bind(0, camera.address, () => guest.send(packet, camera.port, camera.address))
  })
  return {
    port: door.address().port,
    lose() {
      lost = true
    },
    close() {
      for (const socket of [door, ...guests.values()]) socket.close()
    },
  }
}

async function bind(address: string): Promise<Socket> {
  const socket = createSocket('udp4').on('error', () => {})
  socket.bind(0, address)
  await once(socket, 'listening')
  return socket
}
