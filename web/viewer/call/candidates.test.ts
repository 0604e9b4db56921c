import { expect, it } from 'vitest'
import { MAX_FRAME_BYTES, parseFromViewer } from '../../../protocol/frame.ts'
import { MAX_CANDIDATES_PER_CALL, MAX_CANDIDATES_PER_MESSAGE } from '../../../protocol/ice.ts'
import { CALL, candidate, PORCH, SDP } from '../testing/samples.ts'
import { addOwn, NO_CANDIDATES, packAnswer, packCandidates, takeFresh } from './candidates.ts'

const named = { call: CALL, camera: PORCH }
const many = (count: number) => Array.from({ length: count }, (_, n) => candidate(n))

it('[R7, R17] packs a thousand candidates into frames that the cloud takes', () => {
  const frames = packCandidates(named, many(1_000), true)
  for (const frame of frames) {
    const text = JSON.stringify(frame)
    expect(parseFromViewer(text).ok).toBe(true)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_FRAME_BYTES)
  }
  expect(frames.flatMap(({ candidates }) => candidates)).toHaveLength(1_000)
  expect(frames.map(({ done }) => done ?? false)).toEqual([...Array(frames.length - 1).fill(false), true])
})

it('[R7] moves what does not fit beside a long answer into frames of its own', () => {
  const long = { ...candidate(1), usernameFragment: 'u'.repeat(256) }
  const own = Array.from({ length: MAX_CANDIDATES_PER_MESSAGE }, () => long)
  const frames = packAnswer(named, `v=0${' '.repeat(23_000)}`, own, true)
  for (const frame of frames)
    expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(MAX_FRAME_BYTES)
  expect(frames.flatMap(({ candidates }) => candidates)).toHaveLength(MAX_CANDIDATES_PER_MESSAGE)
  expect(frames.map(({ done }) => done ?? false)).toEqual([...Array(frames.length - 1).fill(false), true])
})

it('sends an answer alone when there is nothing beside it', () => {
  expect(packAnswer(named, SDP, [], false)).toEqual([{ type: 'answer', ...named, sdp: SDP, candidates: [] }])
})

it('[R17] sends no more than one end may, and no end-of-candidates of a section', () => {
  const own = many(300).reduce(addOwn, NO_CANDIDATES)
  expect(own.gathered).toHaveLength(MAX_CANDIDATES_PER_CALL)
  expect(addOwn(NO_CANDIDATES, { candidate: '', sdpMid: '0' })).toBe(NO_CANDIDATES)
})

it('[R17] takes a candidate once, and no more of them than a host may send', () => {
  const first = takeFresh(new Set(), [candidate(1), candidate(1), candidate(2)])
  expect(first.fresh).toEqual([candidate(1), candidate(2)])
  expect(takeFresh(first.heard, [candidate(2), candidate(3)]).fresh).toEqual([candidate(3)])
  expect(takeFresh(new Set(), many(1_000)).fresh).toHaveLength(MAX_CANDIDATES_PER_CALL)
})
