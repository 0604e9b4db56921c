import { expect, it } from 'vitest'
import type { Watch } from '../../../protocol/operations.ts'
import { type HistoryPages, withNewest, withOlder } from './history-pages.ts'

const watch = (call: string, over: Partial<Watch> = {}): Watch => ({
  call,
  camera: 'd.porch',
  name: 'Ben',
  role: 'viewer',
  startedAt: 0,
  ...over,
})
const pages = (calls: string, cursor?: string): HistoryPages => ({
  watches: [...calls].map((call) => watch(call)),
  cursor,
})

it('a first page is the history, as far as it goes', () => {
  expect(withNewest(null, pages('dc', 'c'))).toEqual(pages('dc', 'c'))
})

it('older pages come after it', () => {
  expect(withOlder(pages('dc', 'c'), pages('ba'))).toEqual(pages('dcba'))
})

it('what is new comes before what is known, and nothing that was shown is lost', () => {
  expect(withNewest(pages('dcba', 'a'), pages('ed', 'd'))).toEqual(pages('edcba', 'a'))
  expect(withNewest(pages('ba'), pages('cb', 'b'))).toEqual(pages('cba'))
})

it('a watch that has ended since is shown as ended', () => {
  const ended = { watches: [watch('b', { endedAt: 5 }), watch('a')] }
  expect(withNewest(pages('ba'), ended)).toEqual(ended)
})

it('begins anew where there may be a gap, so that none is hidden', () => {
  expect(withNewest(pages('ba'), pages('fe', 'e'))).toEqual(pages('fe', 'e'))
  expect(withNewest(pages(''), pages('a'))).toEqual(pages('a'))
})
