import { describe, expect, test } from 'vitest'
import { addOutgoing, NO_OUTGOING } from '../../calls/outgoing-candidates.ts'
import { answerFrame, callFrame, candidateFrame, HANGUP_FRAME, readFrame } from './dialect.ts'

const DEEP = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
const candidate = {
  candidate: 'candidate:1 1 udp 1 10.0.0.2 5000 typ host',
  sdpMid: 'video',
  sdpMLineIndex: 0,
}

describe('what the camera says', () => {
  test.each([
    [
      'an offer in a string',
      { what: 'offer', data: '{"type":"offer","sdp":"v=0"}' },
      { type: 'offer', sdp: 'v=0' },
    ],
    [
      'an offer as an object',
      { what: 'offer', data: { type: 'offer', sdp: 'v=0' } },
      { type: 'offer', sdp: 'v=0' },
    ],
    [
      'a candidate in a string',
      { what: 'iceCandidate', data: JSON.stringify(candidate) },
      { type: 'candidates', candidates: [candidate], done: false },
    ],
    [
      'a candidate as an object',
      { what: 'iceCandidate', data: candidate },
      { type: 'candidates', candidates: [candidate], done: false },
    ],
    [
      'an empty candidate, which says that gathering is complete',
      { what: 'iceCandidate', data: '' },
      { type: 'candidates', candidates: [], done: true },
    ],
    [
      'a null candidate, which says the same',
      { what: 'iceCandidate', data: null },
      { type: 'candidates', candidates: [], done: true },
    ],
    [
      'all candidates at once, after which none follow',
      { what: 'iceCandidates', data: JSON.stringify([candidate, candidate]) },
      { type: 'candidates', candidates: [candidate, candidate], done: true },
    ],
    [
      'all candidates at once as an array',
      { what: 'iceCandidates', data: [candidate] },
      { type: 'candidates', candidates: [candidate], done: true },
    ],
    [
      'no candidates at all',
      { what: 'iceCandidates', data: '' },
      { type: 'candidates', candidates: [], done: true },
    ],
    ['words for a person', { what: 'message', data: ' Too many \n' }, { type: 'message', text: 'Too many' }],
    ['words as an object', { what: 'message', data: { code: 3 } }, { type: 'message', text: '{"code":3}' }],
    ['no words', { what: 'message' }, { type: 'message', text: 'the camera gave no reason' }],
    [
      'a word of its own',
      { what: 'bitrate', data: '1' },
      { type: 'unknown', detail: 'the camera sent "bitrate"' },
    ],
  ])('%s', (_, frame, event) => {
    expect(readFrame(JSON.stringify(frame))).toEqual(event)
  })

  test.each([
    ['text that is not JSON', 'hello'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['an object without what', '{"data":"x"}'],
    ['a what that is no string', '{"what":3}'],
    ['an offer without data', '{"what":"offer"}'],
    ['an offer whose data is not JSON', '{"what":"offer","data":"v=0"}'],
    ['an offer whose sdp is no string', '{"what":"offer","data":{"sdp":5}}'],
    ['a candidate that is not JSON', '{"what":"iceCandidate","data":"candidate:1"}'],
    ['a candidate that is a number', '{"what":"iceCandidate","data":5}'],
    ['candidates that are no array', '{"what":"iceCandidates","data":"{}"}'],
  ])('%s is garbled, and nothing is thrown', (_, text) => {
    expect(readFrame(text)).toMatchObject({ type: 'garbled' })
  })

  test.each(['message', 'offer', 'iceCandidate', 'iceCandidates', 'other'])(
    'a frame (%s) as deep as one can be throws nothing, whoever reads it',
    (what) => {
      const read = (data: string) => readFrame(`{"what":"${what}","data":${data}}`)
      for (const data of [DEEP, `{"candidate":${DEEP}}`, JSON.stringify(DEEP)]) {
        const event = read(data)
        if (event.type === 'candidates') addOutgoing(NO_OUTGOING, event.candidates, event.done)
        if (event.type === 'message') expect(event.text.length).toBeLessThanOrEqual(500)
      }
    },
  )

  test('words that are too deep to be written are none', () => {
    const event = { type: 'message', text: 'the camera gave no reason' }
    expect(readFrame(`{"what":"message","data":${DEEP}}`)).toEqual(event)
  })

  test('words are cut to what an error may hold', () => {
    const event = readFrame(JSON.stringify({ what: 'message', data: 'x'.repeat(5_000) }))
    expect(event).toEqual({ type: 'message', text: 'x'.repeat(500) })
  })
})

describe('what the camera is told', () => {
  test('a call asks for trickle, with the options of the camera', () => {
    expect(JSON.parse(callFrame({ vformat: 60, forceHardwareCodec: true }))).toEqual({
      what: 'call',
      options: { force_hw_vcodec: true, vformat: 60, trickle_ice: true },
    })
  })

  test('an answer is JSON in a string', () => {
    const frame = JSON.parse(answerFrame('v=0\r\n'))
    expect(frame.what).toBe('answer')
    expect(JSON.parse(frame.data)).toEqual({ type: 'answer', sdp: 'v=0\r\n' })
  })

  test('a candidate is JSON in a string, with only what UV4L knows and what is there', () => {
    const full = JSON.parse(candidateFrame({ ...candidate, usernameFragment: 'abcd' }))
    expect(full.what).toBe('addIceCandidate')
    expect(JSON.parse(full.data)).toEqual(candidate)
    const bare = JSON.parse(candidateFrame({ candidate: 'c', sdpMid: null, sdpMLineIndex: 1 }))
    expect(JSON.parse(bare.data)).toEqual({ candidate: 'c', sdpMLineIndex: 1 })
  })

  test('a hangup is a hangup', () => {
    expect(JSON.parse(HANGUP_FRAME)).toEqual({ what: 'hangup' })
  })
})
