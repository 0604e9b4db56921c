import type { ComponentChildren } from 'preact'
import type { CallWords } from '../text/words.ts'
import { AlarmIcon } from './icons.tsx'

interface StageWordsProps {
  readonly words: CallWords | null
  /** Not an ordinary failure: somebody may be in between. */
  readonly alarm: boolean
  readonly children: ComponentChildren
}

/** Always there, so that a screen reader hears what changes in it. */
export function StageWords({ words, alarm, children }: StageWordsProps) {
  return (
    <div class="words" data-shown={words !== null} data-alarm={alarm}>
      <div role={alarm ? 'alert' : 'status'}>
        {alarm && <AlarmIcon />}
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
