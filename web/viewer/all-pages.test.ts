import { expect, it, vi } from 'vitest'
import { allPages, mergePage } from './all-pages.ts'

const keyOf = ({ id }: { id: string }) => id
const itemsOf = ({ items }: { items: readonly { id: string; name: string }[] }) => items
const item = (id: string, name = id) => ({ id, name })
const page = (items: ReturnType<typeof item>[], cursor?: string) =>
  Promise.resolve({ kind: 'done', answer: { items, cursor } } as const)

it('[R44] asks page after page until there is none', async () => {
  const ask = vi.fn((cursor?: string) =>
    cursor === undefined ? page([item('a')], 'next') : page([item('b')]),
  )
  expect(await allPages(ask, itemsOf, keyOf)).toEqual({ kind: 'done', answer: [item('a'), item('b')] })
  expect(ask.mock.calls).toEqual([[undefined], ['next']])
})

it('an item that comes twice is there once, as it was told last', () => {
  expect(mergePage([item('a', 'old'), item('b')], [item('a', 'new'), item('c')], keyOf)).toEqual([
    item('a', 'new'),
    item('b'),
    item('c'),
  ])
})

it('a page that is refused refuses the list', async () => {
  const refused = { kind: 'refused', code: 'not-allowed' } as const
  const ask = (cursor?: string) =>
    cursor === undefined ? page([item('a')], 'next') : Promise.resolve(refused)
  expect(await allPages(ask, itemsOf, keyOf)).toEqual(refused)
})

it('a list without an end is given up', async () => {
  const ask = vi.fn(() => page([item('a')], 'again'))
  expect(await allPages(ask, itemsOf, keyOf)).toEqual({ kind: 'done', answer: [item('a')] })
  expect(ask.mock.calls.length).toBeLessThan(100)
})
