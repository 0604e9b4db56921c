import type { Candidate } from '../../../protocol/ice.ts'
import type { CameraEvent } from '../camera-port.ts'
import { beginDtlsAtCamera } from './begin-dtls.ts'
import { startAtBitrate } from './start-bitrate.ts'

/** What UV4L's own page lets one choose; the numbers are its. */
export const VIDEO_FORMATS: ReadonlyMap<number, string> = new Map([
  [5, '320x240@15'],
  [10, '320x240@30'],
  [20, '352x288@30'],
  [25, '640x480@15'],
  [30, '640x480@30'],
  [35, '800x480@30'],
  [40, '960x720@30'],
  [50, '1024x768@30'],
  [55, '1280x720@15'],
  [60, '1280x720@30'],
  [63, '1280x720@60'],
  [65, '1280x768@15'],
  [70, '1280x768@30'],
  [75, '1536x768@30'],
  [80, '1280x960@30'],
  [90, '1600x768@30'],
  [95, '1640x1232@15'],
  [97, '1640x1232@30'],
  [98, '1792x896@15'],
  [99, '1792x896@30'],
  [100, '1920x1080@15'],
  [105, '1920x1080@30'],
])

export interface Uv4lOptions {
  readonly vformat: number
  readonly forceHardwareCodec: boolean
}

export function callFrame({ vformat, forceHardwareCodec }: Uv4lOptions): string {
  return JSON.stringify({
    what: 'call',
    options: { force_hw_vcodec: forceHardwareCodec, vformat, trickle_ice: true },
  })
}

/** `data` is a string that holds JSON: UV4L parses it a second time. */
export function answerFrame(sdp: string): string {
  return JSON.stringify({
    what: 'answer',
    data: JSON.stringify({ type: 'answer', sdp: startAtBitrate(sdp) }),
  })
}

export function candidateFrame({ candidate, sdpMid, sdpMLineIndex }: Candidate): string {
  const data = {
    ...(typeof sdpMLineIndex === 'number' ? { sdpMLineIndex } : {}),
    ...(typeof sdpMid === 'string' ? { sdpMid } : {}),
    candidate,
  }
  return JSON.stringify({ what: 'addIceCandidate', data: JSON.stringify(data) })
}

export const HANGUP_FRAME = JSON.stringify({ what: 'hangup' })

const WORDS_MAX_LENGTH = 500

/** Reads one frame of the camera, with every form that versions of UV4L have been seen to use. */
export function readFrame(text: string): CameraEvent {
  const frame = parse(text)
  if (!isRecord(frame) || typeof frame['what'] !== 'string') return garbled('a frame that is not UV4L’s')
  switch (frame['what']) {
    case 'offer': {
      const offer = inner(frame['data'])
      return isRecord(offer) && typeof offer['sdp'] === 'string'
        ? { type: 'offer', sdp: beginDtlsAtCamera(offer['sdp']) }
        : garbled('an offer without a session description')
    }
    case 'iceCandidate': {
      if (isNothing(frame['data'])) return { type: 'candidates', candidates: [], done: true }
      const candidate = inner(frame['data'])
      return isRecord(candidate)
        ? { type: 'candidates', candidates: [candidate], done: false }
        : garbled('a candidate that cannot be read')
    }
    case 'iceCandidates': {
      if (isNothing(frame['data'])) return { type: 'candidates', candidates: [], done: true }
      const candidates = inner(frame['data'])
      return Array.isArray(candidates)
        ? { type: 'candidates', candidates, done: true }
        : garbled('candidates that cannot be read')
    }
    case 'message':
      return { type: 'message', text: words(frame['data']) }
    default:
      return { type: 'unknown', detail: `the camera sent "${frame['what'].slice(0, 40)}"` }
  }
}

/** `data` is JSON in a string; some versions send the object itself. */
function inner(data: unknown): unknown {
  return typeof data === 'string' ? parse(data) : data
}

function isNothing(data: unknown): boolean {
  return data === '' || data === null || data === undefined
}

function words(data: unknown): string {
  const text = typeof data === 'string' ? data : print(data)
  return text.trim().slice(0, WORDS_MAX_LENGTH) || 'the camera gave no reason'
}

function garbled(what: string): CameraEvent {
  return { type: 'garbled', detail: `the camera sent ${what}` }
}

/** JSON that can be read may be too deep to be written. */
function print(data: unknown): string {
  try {
    return JSON.stringify(data) ?? ''
  } catch {
    return ''
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
