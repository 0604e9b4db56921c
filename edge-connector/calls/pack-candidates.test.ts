import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_FRAME_BYTES, parseFromDevice } from '../../protocol/frame.ts'
import { MAX_CANDIDATES_PER_CALL } from '../../protocol/ice.ts'
import { packCandidates, packOffer } from './pack-candidates.ts'

const id = 'A'.repeat(22)
const arbitraryCandidates = fc.array(
  fc.record({
    candidate: fc.string({ minLength: 1, maxLength: 512, unit: 'grapheme-ascii' }),
    sdpMLineIndex: fc.nat(255),
  }),
  { maxLength: MAX_CANDIDATES_PER_CALL },
)

function expectOnWire(frame: unknown): void {
  const text = JSON.stringify(frame)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_FRAME_BYTES)
  expect(parseFromDevice(text)).toMatchObject({ ok: true })
}

test('[R7] [R17] whatever a camera gathers goes out in frames that the wire takes, complete and in order', () => {
  fc.assert(
    fc.property(arbitraryCandidates, fc.nat(23_000), fc.boolean(), (candidates, length, done) => {
      const offer = { id, sdp: `v=0${'\n'.repeat(Math.floor(length / 2))}`, signature: 's'.repeat(2_000) }
      const frames = packOffer(offer, candidates, done) ?? []
      frames.forEach(expectOnWire)
      expect(frames.flatMap((frame) => frame.candidates)).toEqual(candidates)
      expect(frames.map((frame) => frame.done === true)).toEqual(
        frames.map((_, at) => done && at === frames.length - 1),
      )
    }),
    { numRuns: 60 },
  )
})

test('[R17] a batch of 65 goes out as two frames, and only the last says that none follow', () => {
  const candidates = Array.from({ length: 65 }, (_, at) => ({ candidate: `c${at}`, sdpMid: '0' }))
  const frames = packCandidates(id, candidates, true)
  expect(frames.map((frame) => [frame.candidates.length, frame.done])).toEqual([
    [64, undefined],
    [1, true],
  ])
})

test('[R17] an end without candidates is not worth a frame', () => {
  expect(packCandidates(id, [], true)).toEqual([])
})

test('an offer that is too long for any frame is no offer', () => {
  expect(packOffer({ id, sdp: `v=0${'é'.repeat(20_000)}`, signature: 's' }, [], false)).toBeNull()
})
