import { describe, expect, it } from 'vitest'
import { formatFrame, parseRequest } from './dialect.ts'

describe('what a client asks', () => {
  it.each([
    ['an object', { force_hw_vcodec: false, vformat: 30, trickle_ice: true }, true],
    ['JSON text', '{"force_hw_vcodec":"false","vformat":"30","trickle_ice":"true"}', true],
    ['a number for true', { trickle_ice: '1' }, true],
    ['a null for trickle_ice', { vformat: '30', trickle_ice: null }, false],
    ['no trickle_ice', { vformat: 30 }, false],
    ['nothing at all', undefined, false],
    ['text that is no JSON', 'vformat=30', false],
  ])('is a call with options as %s', (_, options, trickle) => {
    expect(parseRequest(JSON.stringify({ what: 'call', options }))).toEqual({ what: 'call', trickle })
  })

  it.each([
    ['JSON text', JSON.stringify({ type: 'answer', sdp: 'v=0' }), 'v=0'],
    ['an object', { type: 'answer', sdp: 'v=0' }, 'v=0'],
    ['text that is no JSON', 'v=0', ''],
    ['nothing', undefined, ''],
  ])('is an answer with its data as %s', (_, data, sdp) => {
    expect(parseRequest(JSON.stringify({ what: 'answer', data }))).toEqual({ what: 'answer', sdp })
  })

  const candidate = 'candidate:1 1 udp 1 192.0.2.1 9 typ host'
  it.each([
    ['JSON text', JSON.stringify({ sdpMLineIndex: 0, sdpMid: 'video', candidate }), 'video'],
    ['an object', { sdpMLineIndex: 0, sdpMid: 'video', candidate }, 'video'],
    ['an object without sdpMid', { sdpMLineIndex: 0, candidate }, undefined],
    ['an object with its index as text', { sdpMLineIndex: '0', sdpMid: null, candidate }, undefined],
    ['an object without an index', { sdpMid: 'video', candidate }, 'video'],
  ])('is a candidate as %s', (_, data, sdpMid) => {
    const parsed = parseRequest(JSON.stringify({ what: 'addIceCandidate', data }))
    expect(parsed).toEqual({
      what: 'addIceCandidate',
      candidate: { candidate, sdpMLineIndex: 0, ...(sdpMid ? { sdpMid } : {}) },
    })
  })

  it.each([
    ['no JSON', 'bye'],
    ['JSON of another shape', '[1,2]'],
    ['an unknown request', '{"what":"reboot"}'],
    ['the legacy request for candidates', '{"what":"generateIceCandidates"}'],
    [
      'an empty candidate',
      '{"what":"addIceCandidate","data":"{\\"candidate\\":\\"\\",\\"sdpMLineIndex\\":0}"}',
    ],
    ['an empty end of candidates', '{"what":"addIceCandidate","data":""}'],
    [
      'a candidate with an index that is no number',
      '{"what":"addIceCandidate","data":{"candidate":"c","sdpMLineIndex":"x"}}',
    ],
  ])('is nothing when it is %s', (_, text) => {
    expect(parseRequest(text)).toEqual({ what: 'nothing' })
  })
})

describe('what the camera says', () => {
  it('is JSON inside JSON', () => {
    const frame = formatFrame({ what: 'offer', data: { type: 'offer', sdp: 'v=0' } }, false)
    expect(JSON.parse(frame)).toEqual({ what: 'offer', data: '{"type":"offer","sdp":"v=0"}' })
  })

  it('is a plain object when that is asked for', () => {
    const frame = formatFrame({ what: 'offer', data: { type: 'offer', sdp: 'v=0' } }, true)
    expect(JSON.parse(frame)).toEqual({ what: 'offer', data: { type: 'offer', sdp: 'v=0' } })
  })

  it.each([true, false])('is free text in a message (object data: %s)', (objectData) => {
    expect(JSON.parse(formatFrame({ what: 'message', data: 'busy' }, objectData))).toEqual({
      what: 'message',
      data: 'busy',
    })
  })
})
