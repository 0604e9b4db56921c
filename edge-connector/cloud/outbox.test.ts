import { expect, test } from 'vitest'
import type { Alive } from '../../protocol/alive.ts'
import type { CallMessage } from '../calls/call-message.ts'
import { EMPTY_OUTBOX, onceSaid, putInto, takeFrom } from './outbox.ts'

const id = (n: number) => String(n).padStart(22, 'A')
const offer = (n: number): CallMessage => ({ type: 'offer', call: id(n), sdp: 'v=0', candidates: [] })
const hangup = (n: number): CallMessage => ({ type: 'hangup', call: id(n), reason: 'camera-closed' })
const put = (...messages: (readonly [CallMessage | Alive, number])[]) =>
  messages.reduce((outbox, [message, at]) => putInto(outbox, message, at), EMPTY_OUTBOX)

test('what is said while the cloud is away is kept in order, an offer for 10 s, an end for 105 s', () => {
  const outbox = put([offer(1), 0], [hangup(2), 0], [offer(3), 5_000])
  expect(takeFrom(outbox, 9_999)).toEqual([offer(1), hangup(2), offer(3)])
  expect(takeFrom(outbox, 10_000)).toEqual([hangup(2), offer(3)])
  expect(takeFrom(outbox, 104_999)).toEqual([hangup(2)])
  expect(takeFrom(outbox, 105_000)).toEqual([])
})

test('the end of a call takes what was still to be said in it', () => {
  expect(takeFrom(put([offer(1), 0], [offer(2), 0], [hangup(1), 1]), 2)).toEqual([offer(2), hangup(1)])
  const failure: CallMessage = { type: 'error', code: 'camera-refused', call: id(1) }
  expect(takeFrom(put([offer(1), 0], [failure, 1]), 2)).toEqual([failure])
})

test('what was said is done with, but for the ends of calls: the line may have been dead', () => {
  const failure: CallMessage = { type: 'error', code: 'camera-refused', call: id(3) }
  const note: CallMessage = { type: 'error', code: 'too-many-candidates', call: id(4) }
  const outbox = onceSaid(put([offer(1), 0], [hangup(2), 0], [failure, 0], [note, 0]))
  expect(takeFrom(outbox, 104_999)).toEqual([hangup(2), failure])
  expect(takeFrom(outbox, 105_000)).toEqual([])
})

test('an error that does not end its call takes nothing', () => {
  const error: CallMessage = { type: 'error', code: 'too-many-candidates', call: id(1) }
  expect(takeFrom(put([offer(1), 0], [error, 1]), 2)).toEqual([offer(1), error])
})

test('it holds 200 messages at most, and gives up an offer before an end', () => {
  const many = put(
    ...Array.from({ length: 250 }, (_, n) => [n % 50 === 0 ? hangup(n) : offer(n), 0] as const),
  )
  const kept = takeFrom(many, 1)
  expect(kept).toHaveLength(200)
  expect(kept.filter(({ type }) => type === 'hangup')).toHaveLength(5)
})

test('[R49] whether a viewer is there is asked now or never', () => {
  const alive = { type: 'alive', call: id(1), camera: `${'D'.repeat(43)}.porch` } as const
  expect(takeFrom(put([offer(1), 0], [alive, 0]), 1)).toEqual([offer(1)])
})
