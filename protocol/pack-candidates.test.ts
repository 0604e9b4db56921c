import { expect, it } from 'vitest'
import { frameBytes, MAX_FRAME_BYTES } from './frame.ts'
import { MAX_CANDIDATES_PER_MESSAGE } from './ice.ts'
import { fillFrame, fillFrames } from './pack-candidates.ts'

const candidate = (n: number) => ({ candidate: `candidate:${n} 1 udp 1 192.0.2.1 9 typ host`, sdpMid: '0' })
const many = (count: number) => Array.from({ length: count }, (_, n) => candidate(n))

it('[R7] fills a frame as far as it has room, and gives back the rest', () => {
  const message = { sdp: 'x'.repeat(MAX_FRAME_BYTES - 300) }
  const { frame, rest } = fillFrame(message, many(10), true)
  expect(frameBytes(frame)).toBeLessThanOrEqual(MAX_FRAME_BYTES)
  expect(frame.candidates.length).toBeGreaterThan(0)
  expect([...frame.candidates, ...rest]).toEqual(many(10))
  expect(frame.done).toBeUndefined()
})

it('[R17] says done only where none is left over', () => {
  const frames = fillFrames({ type: 'candidates' }, many(MAX_CANDIDATES_PER_MESSAGE + 1), true)
  expect(frames.map(({ candidates, done }) => [candidates.length, done])).toEqual([
    [MAX_CANDIDATES_PER_MESSAGE, undefined],
    [1, true],
  ])
  expect(fillFrames({}, [], true)).toEqual([])
})

it('counts bytes, not characters', () => {
  expect(frameBytes({ a: 'é' })).toBe(10)
})
