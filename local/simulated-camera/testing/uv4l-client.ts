import { type ClientOptions, WebSocket } from 'ws'
import { readCaptureTime } from '../capture-time-code.ts'
import { type Frame, type PeerConnection, wrtc } from '../wrtc.ts'

interface Received {
  readonly what: string
  readonly data: unknown
}

/** A client of UV4L's signalling for tests: what it sends is up to them. */
export interface Uv4lClient {
  send(frame: unknown): void
  sendText(text: string): void
  /** The next frame of this kind that was not yet taken; those of other kinds stay. */
  next(what: string): Promise<Received>
  /** Every frame so far, as it came. */
  readonly texts: readonly string[]
  /** The close code. */
  readonly closed: Promise<number>
  /** Ends the TCP connection without a hangup. */
  vanish(): void
}

export function connectUv4l(url: string, options: ClientOptions = {}): Promise<Uv4lClient> {
  const socket = new WebSocket(url, options)
  const texts: string[] = []
  const untaken: Received[] = []
  const waiting: { readonly what: string; readonly resolve: (frame: Received) => void }[] = []

  socket.on('message', (data) => {
    texts.push(data.toString())
    const frame = parse(data.toString())
    if (!frame) return
    const index = waiting.findIndex(({ what }) => what === frame.what)
    if (index === -1) untaken.push(frame)
    else waiting.splice(index, 1)[0]?.resolve(frame)
  })
  const client: Uv4lClient = {
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendText: (text) => socket.send(text),
    next(what) {
      const index = untaken.findIndex((frame) => frame.what === what)
      const [found] = index === -1 ? [] : untaken.splice(index, 1)
      return found ? Promise.resolve(found) : new Promise((resolve) => waiting.push({ what, resolve }))
    },
    texts,
    closed: new Promise((resolve) => socket.on('close', resolve)),
    vanish: () => socket.terminate(),
  }
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(client))
    socket.on('error', reject)
  })
}

/** The viewer's end of the media. */
export interface Viewer {
  readonly connection: PeerConnection
  /** Answers the offer, which may have come as JSON text or as an object. */
  answer(offer: unknown): Promise<{ readonly type: 'answer'; readonly sdp: string }>
  /** The capture time of the next decoded frame that carries one. */
  nextCaptureTime(): Promise<number>
  close(): void
}

export function createViewer(onCandidate: (candidate: object) => void): Viewer {
  const connection = new wrtc.RTCPeerConnection()
  let resolveNext: (time: number) => void = () => {}
  let stopSink = () => {}
  connection.onicecandidate = ({ candidate }) => {
    if (!candidate) return
    const { candidate: text, sdpMid, sdpMLineIndex } = candidate
    onCandidate({ candidate: text, sdpMid, sdpMLineIndex })
  }
  connection.ontrack = ({ track }) => {
    const sink = new wrtc.nonstandard.RTCVideoSink(track)
    stopSink = () => sink.stop()
    sink.onframe = ({ frame }) => {
      const time = readCaptureTime(toRgba(frame))
      if (time !== undefined) resolveNext(time)
    }
  }
  return {
    connection,
    async answer(offer) {
      const { sdp } = typeof offer === 'string' ? JSON.parse(offer) : (offer as { sdp: string })
      await connection.setRemoteDescription({ type: 'offer', sdp })
      const answer = await connection.createAnswer()
      await connection.setLocalDescription(answer)
      return { type: 'answer', sdp: answer.sdp }
    },
    nextCaptureTime: () =>
      new Promise((resolve) => {
        resolveNext = resolve
      }),
    close() {
      stopSink()
      connection.close()
    },
  }
}

function parse(text: string): Received | undefined {
  try {
    const frame = JSON.parse(text)
    return typeof frame?.what === 'string' ? frame : undefined
  } catch {
    return undefined
  }
}

function toRgba(frame: Frame): Frame {
  const { width, height } = frame
  const rgba = { width, height, data: new Uint8ClampedArray(width * height * 4) }
  wrtc.nonstandard.i420ToRgba(frame, rgba)
  return rgba
}
