import type { ComponentChildren } from 'preact'
import type { CallWords } from '../text/words.ts'

/** Always there, so that a screen reader hears what changes in it. */
export function StageWords({ words, children }: { words: CallWords | null; children: ComponentChildren }) {
  return (
    <div class="words" data-shown={words !== null}>
      <div role="status">
        {words !== null && <p class="what">{words.what}</p>}
        {words?.quote !== undefined && (
          <p class="quote">
            <span>{words.quote.by}</span> <q dir="auto">{words.quote.words}</q>
          </p>
        )}
        {words?.advice !== undefined && <p class="advice">{words.advice}</p>}
      </div>
      {children}
    </div>
  )
}
