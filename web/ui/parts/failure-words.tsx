import type { Catalogue } from '../../text/catalogue.ts'
import type { CallWords } from '../../text/words.ts'

interface FailureWordsProps {
  readonly text: Catalogue
  /** Null while nothing has failed. */
  readonly words: CallWords | null
  readonly tryAgain?: () => void
}

/** Where it may appear later it is always there, so that a screen reader hears what changes in it. */
export function FailureWords({ text, words, tryAgain }: FailureWordsProps) {
  return (
    <div role="alert" class="not-done" data-shown={words !== null}>
      {words !== null && (
        <>
          <strong>{words.what}</strong>
          {words.quote !== undefined && <q dir="auto">{words.quote.words}</q>}
          {words.advice !== undefined && <span>{words.advice}</span>}
          {tryAgain !== undefined && (
            <button type="button" onClick={tryAgain}>
              {text.action.tryAgain}
            </button>
          )}
        </>
      )}
    </div>
  )
}
