import { describe, expect, it } from 'vitest'
import { MAX_FRAME_BYTES, parseFromDevice, parseFromViewer, parseToDevice, parseToViewer } from './frame.ts'
import { MAX_CANDIDATES_PER_MESSAGE } from './ice.ts'

const CALL = 'c'.repeat(22)
const CAMERA = `${'d'.repeat(43)}.porch`
const candidate = { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 }

describe('a frame', () => {
  it('[R7] is a message when it is JSON and its schema holds', () => {
    const message = { type: 'call', call: CALL, camera: CAMERA }
    expect(parseFromViewer(JSON.stringify(message))).toEqual({ ok: true, message })
  })

  it('[R9] loses what its schema does not know, prototype keys included', () => {
    const frame = `{"type":"call","call":"${CALL}","camera":"${CAMERA}","__proto__":{"role":"owner"},"constructor":1}`
    const parsed = parseFromViewer(frame)
    expect(parsed).toEqual({ ok: true, message: { type: 'call', call: CALL, camera: CAMERA } })
    expect(({} as Record<string, unknown>)['role']).toBeUndefined()
  })

  it.each([
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['an array', '[{"type":"call"}]'],
    ['a number for a type', '{"type":1}'],
    ['a call id of another length', JSON.stringify({ type: 'call', call: 'short', camera: CAMERA })],
    [
      'a camera of a wrong name',
      JSON.stringify({ type: 'call', call: CALL, camera: `${'d'.repeat(43)}.PORCH` }),
    ],
    [
      'an SDP that is none',
      JSON.stringify({ type: 'answer', call: CALL, camera: CAMERA, sdp: 'x', candidates: [] }),
    ],
    [
      'a candidate without its media section',
      JSON.stringify({ type: 'candidates', call: CALL, camera: CAMERA, candidates: [{ candidate: '' }] }),
    ],
    [
      'too many candidates at once',
      JSON.stringify({
        type: 'candidates',
        call: CALL,
        camera: CAMERA,
        candidates: Array(MAX_CANDIDATES_PER_MESSAGE + 1).fill(candidate),
      }),
    ],
    ['JSON nested beyond reason', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ])('[R8] is bad-message: %s', (_what, frame) => {
    expect(parseFromViewer(frame)).toMatchObject({ ok: false, error: { code: 'bad-message' } })
  })

  it('[R8] may be of a type only in its own direction', () => {
    const frame = JSON.stringify({ type: 'status', cameras: [] })
    expect(parseFromDevice(frame).ok).toBe(true)
    for (const parse of [parseFromViewer, parseToViewer, parseToDevice]) {
      expect(parse(frame)).toMatchObject({ ok: false, error: { code: 'unknown-type' } })
    }
  })

  it('[R8] says which field is wrong and of which call', () => {
    const frame = JSON.stringify({ type: 'answer', call: CALL, camera: CAMERA, sdp: 'v=0', candidates: [{}] })
    expect(parseFromViewer(frame)).toMatchObject({
      ok: false,
      error: { call: CALL, detail: expect.stringMatching(/^candidates\.0/) },
    })
  })

  it('[R9] takes nothing over from keys that are an object’s own, and leaves every object as it was', () => {
    const frame = `{"type":"hangup","call":"${CALL}","camera":"${CAMERA}","reason":"viewer-left","__proto__":{"role":"owner"},"constructor":{"prototype":{"role":"owner"}},"role":"owner"}`
    const parsed = parseFromViewer(frame)
    expect(parsed).toEqual({
      ok: true,
      message: { type: 'hangup', call: CALL, camera: CAMERA, reason: 'viewer-left' },
    })
    expect(Reflect.get({}, 'role')).toBeUndefined()
  })

  it('[R17] takes candidates that lack sdpMid, as UV4L’s may', () => {
    const frame = JSON.stringify({
      type: 'candidates',
      call: CALL,
      candidates: [{ candidate: '', sdpMLineIndex: 0 }],
    })
    expect(parseFromDevice(frame).ok).toBe(true)
  })

  it('[R7] fits the gateway’s frame with the largest offer that a camera makes', () => {
    const sdp = `v=0\r\n${'a=rtpmap:96 VP8/90000\r\n'.repeat(600)}`
    const candidates = Array(MAX_CANDIDATES_PER_MESSAGE).fill(candidate)
    const frame = JSON.stringify({ type: 'offer', call: CALL, sdp, candidates })
    expect(parseFromDevice(frame).ok).toBe(true)
    expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(MAX_FRAME_BYTES)
  })
})
