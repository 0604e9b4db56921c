import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Catalogue } from '../../text/catalogue.ts'
import { notDoneWords } from '../../text/words.ts'
import { FailureWords } from './failure-words.tsx'
import type { Loaded } from './use-loaded.ts'
import { useRowFocus } from './use-row-focus.ts'

interface LoadedListProps<Item> {
  readonly text: Catalogue
  readonly title: string
  readonly list: Loaded<readonly Item[]>
  readonly none: string
  readonly reload: () => void
  readonly children: (item: Item) => ComponentChildren
}

export function LoadedList<Item>({ text, title, list, none, reload, children }: LoadedListProps<Item>) {
  const heading = useRef<HTMLHeadingElement>(null)
  const rows = useRef<HTMLUListElement>(null)
  useRowFocus(rows, heading, list)
  const items = list.phase === 'loaded' ? list.answer : []
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {list.phase === 'loading' && <p class="hint">{text.panel.loading}</p>}
      {list.phase === 'failed' && (
        <FailureWords text={text} words={notDoneWords(text, list.why)} tryAgain={reload} />
      )}
      {list.phase === 'loaded' && items.length === 0 && <p class="hint">{none}</p>}
      {items.length > 0 && (
        <ul ref={rows} class="rows">
          {items.map(children)}
        </ul>
      )}
    </>
  )
}
