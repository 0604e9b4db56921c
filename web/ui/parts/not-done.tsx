import type { Catalogue } from '../../text/catalogue.ts'
import { notDoneWords } from '../../text/words.ts'
import { FailureWords } from './failure-words.tsx'
import type { RequestState } from './use-request.ts'

/** Why a request was not done; its own button is the way to try again. */
export function NotDoneWords({ text, state }: { text: Catalogue; state: RequestState }) {
  return (
    <FailureWords text={text} words={state.phase === 'not-done' ? notDoneWords(text, state.why) : null} />
  )
}
