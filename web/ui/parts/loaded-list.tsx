import type { ComponentChildren } from 'preact'
import type { Catalogue } from '../../text/catalogue.ts'
import { notDoneWords } from '../../text/words.ts'
import type { Loaded } from './use-loaded.ts'

interface LoadedListProps<Item> {
  readonly text: Catalogue
  readonly list: Loaded<readonly Item[]>
  readonly none: string
  readonly reload: () => void
  readonly children: (item: Item) => ComponentChildren
}

export function LoadedList<Item>({ text, list, none, reload, children }: LoadedListProps<Item>) {
  switch (list.phase) {
    case 'loading':
      return <p class="hint">{text.panel.loading}</p>
    case 'failed': {
      const words = notDoneWords(text, list.why)
      return (
        <div class="not-done" role="alert" data-shown>
          <strong>{words.what}</strong>
          <span>{words.advice}</span>
          <button type="button" onClick={reload}>
            {text.action.tryAgain}
          </button>
        </div>
      )
    }
    case 'loaded':
      if (list.answer.length === 0) return <p class="hint">{none}</p>
      return <ul class="rows">{list.answer.map(children)}</ul>
  }
}
