import { expect, it } from 'vitest'
import type { ViewerHangup } from '../../../protocol/hangup.ts'
import { PORCH } from '../testing/samples.ts'
import { KeptHangups } from './kept-hangups.ts'

const hangup = (n: number): ViewerHangup => ({
  type: 'hangup',
  call: String(n).padStart(22, '0'),
  camera: PORCH,
  reason: 'viewer-left',
})

it('[R18] a hangup is kept once for each call, and given once', () => {
  const kept = new KeptHangups()
  for (const n of [1, 2, 1]) kept.keep(hangup(n))
  expect(kept.take()).toEqual([hangup(1), hangup(2)])
  expect(kept.take()).toEqual([])
})

it('of more hangups than 64 the newest are kept', () => {
  const kept = new KeptHangups()
  for (let n = 0; n <= 64; n += 1) kept.keep(hangup(n))
  const taken = kept.take()
  expect(taken).toHaveLength(64)
  expect([taken[0], taken.at(-1)]).toEqual([hangup(1), hangup(64)])
})
