import WebSocket from 'ws'
import type { Cancel, Clock } from '../../clock/clock.ts'
import type { Log } from '../../log/log.ts'
import type { Camera, CameraEvent, CameraSession } from '../camera-port.ts'
import { probeTcp } from '../probe-tcp.ts'
import { connectTls } from './connect-tls.ts'
import {
  answerFrame,
  callFrame,
  candidateFrame,
  HANGUP_FRAME,
  readFrame,
  type Uv4lOptions,
} from './dialect.ts'
import { certificateFailure, httpFailure, socketFailure } from './failures.ts'
import { type PingHabits, pingSocket, unknownHabits } from './ping-socket.ts'
import type { TlsTrust } from './trust.ts'

export interface Uv4lSettings extends Uv4lOptions {
  readonly url: string
  readonly user: string
  readonly password: string | undefined
  readonly trust: TlsTrust
}

type Phase =
  | { readonly name: 'connecting'; readonly abandon: () => void }
  | { readonly name: 'open'; readonly socket: WebSocket }
  | { readonly name: 'leaving' }
  | { readonly name: 'over' }

const CLOSE_TIMEOUT_MS = 2_000
const MAX_FRAME_BYTES = 256 * 1024
/** UV4L may lose its power without a word. */
const TCP_KEEP_ALIVE_MS = 30_000

/** A camera that speaks UV4L's signalling. One WebSocket is one session, and stays open as long as it. */
export function createUv4lCamera(settings: Uv4lSettings, clock: Clock, log: Log): Camera {
  const url = new URL(settings.url)
  const habits = unknownHabits()
  return {
    probe: () => probeTcp(url, clock),
    open: (report) => openSession(url, settings, habits, clock, log, report),
  }
}

function openSession(
  url: URL,
  settings: Uv4lSettings,
  habits: PingHabits,
  clock: Clock,
  log: Log,
  report: (event: CameraEvent) => void,
): CameraSession {
  let phase: Phase =
    url.protocol === 'wss:'
      ? { name: 'connecting', abandon: connectSecurely() }
      : { name: 'connecting', abandon: upgrade() }
  let cancelTerminate: Cancel = () => {}
  let stopPings: Cancel = () => {}

  function finish(event: CameraEvent): void {
    if (phase.name === 'over') return
    phase = { name: 'over' }
    cancelTerminate()
    stopPings()
    report(event)
  }

  function connectSecurely(): () => void {
    return connectTls(url, settings.trust, (outcome) => {
      if (phase.name !== 'connecting') return
      if (outcome.ok) {
        phase = { name: 'connecting', abandon: upgrade(() => outcome.socket) }
      } else if ('error' in outcome) {
        finish(socketFailure(outcome.error))
      } else {
        const { objection, fingerprint256 } = outcome
        log('warn', 'camera-certificate', objection, { fingerprint256 })
        finish(certificateFailure(objection))
      }
    })
  }

  /** Returns how to give the attempt up. */
  function upgrade(createConnection?: WebSocket.ClientOptions['createConnection']): () => void {
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: MAX_FRAME_BYTES,
      ...(settings.password === undefined ? {} : { auth: `${settings.user}:${settings.password}` }),
      ...(createConnection === undefined ? {} : { createConnection }),
    })
    socket.on('upgrade', (response) => response.socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS))
    socket.on('open', () => {
      phase = { name: 'open', socket }
      socket.send(callFrame(settings))
      stopPings = pingSocket(socket, habits, clock, () => {
        finish({ type: 'closed', detail: 'the camera does not answer any more' })
        socket.terminate()
      })
      report({ type: 'connected' })
    })
    socket.on('message', (data, isBinary) => {
      if (phase.name !== 'open') return
      log('debug', 'camera-frame', 'from the camera', { frame: isBinary ? '(binary)' : String(data) })
      report(
        isBinary ? { type: 'garbled', detail: 'the camera sent a binary frame' } : readFrame(String(data)),
      )
    })
    socket.on('unexpected-response', (_request, response) => {
      finish(httpFailure(response.statusCode ?? 0))
      socket.terminate()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      log('debug', 'camera-socket', 'the camera’s socket failed', { error: error.message, code: error.code })
      if (phase.name === 'connecting') finish(socketFailure(error))
      else if (phase.name === 'open' && error.code?.startsWith('WS_ERR_')) {
        report({ type: 'garbled', detail: 'the camera broke the WebSocket protocol' })
      }
    })
    socket.on('close', (code) =>
      finish({ type: 'closed', detail: `the camera closed the connection (${code})` }),
    )
    return () => socket.terminate()
  }

  function send(frame: string): void {
    if (phase.name !== 'open') return
    log('debug', 'camera-frame', 'to the camera', { frame })
    phase.socket.send(frame)
  }

  return {
    answer: (sdp) => send(answerFrame(sdp)),
    addCandidate: (candidate) => send(candidateFrame(candidate)),
    hangup() {
      if (phase.name === 'connecting') {
        const { abandon } = phase
        // The socket's own close event is still to come, but it holds no feed: the camera was asked for nothing.
        finish({ type: 'closed', detail: 'hung up before the camera was reached' })
        abandon()
      } else if (phase.name === 'open') {
        const { socket } = phase
        socket.send(HANGUP_FRAME)
        socket.close(1000)
        phase = { name: 'leaving' }
        stopPings()
        cancelTerminate = clock.after(CLOSE_TIMEOUT_MS, () => socket.terminate())
      }
    },
  }
}
