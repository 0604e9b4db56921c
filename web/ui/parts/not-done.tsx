import type { Catalogue } from '../../text/catalogue.ts'
import { notDoneWords } from '../../text/words.ts'
import type { RequestState } from './use-request.ts'

/** Always there, so that a screen reader hears what changes in it. */
export function NotDoneWords({ text, state }: { text: Catalogue; state: RequestState }) {
  const words = state.phase === 'not-done' ? notDoneWords(text, state.why) : null
  return (
    <div role="alert" class="not-done" data-shown={words !== null}>
      {words !== null && (
        <>
          <strong>{words.what}</strong>
          {words.quote !== undefined && <q dir="auto">{words.quote.words}</q>}
          {words.advice !== undefined && <span>{words.advice}</span>}
        </>
      )}
    </div>
  )
}
