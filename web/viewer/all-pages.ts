import type { NotDone } from './ask-result.ts'

/** More than any list here can have: a cloud that never ends a list does not keep the page busy for ever. */
const MAX_PAGES = 50

/** What comes again, because the list changed between two pages, counts as it was told last. */
export function mergePage<Item>(
  known: readonly Item[],
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const merged = new Map(known.map((item) => [keyOf(item), item]))
  for (const item of items) merged.set(keyOf(item), item)
  return [...merged.values()]
}

/** The whole of a list that is short enough to be shown whole. */
export async function allPages<Answer extends { readonly cursor?: string | undefined }, Item>(
  ask: (cursor: string | undefined) => Promise<{ readonly kind: 'done'; readonly answer: Answer } | NotDone>,
  itemsOf: (answer: Answer) => readonly Item[],
  keyOf: (item: Item) => string,
): Promise<{ readonly kind: 'done'; readonly answer: readonly Item[] } | NotDone> {
  let items: readonly Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const result = await ask(cursor)
    if (result.kind !== 'done') return result
    items = mergePage(items, itemsOf(result.answer), keyOf)
    cursor = result.answer.cursor
    if (cursor === undefined) break
  }
  return { kind: 'done', answer: items }
}
