import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Catalogue, Question } from '../../text/catalogue.ts'
import type { NotDone } from '../../viewer/ask-result.ts'
import { NotDoneWords } from './not-done.tsx'
import { useRequest } from './use-request.ts'

interface AskedFirstProps {
  readonly text: Catalogue
  readonly question: Question
  /** Of the button, where its words alone do not say whom it is about. */
  readonly label?: string
  readonly harmless?: boolean
  readonly act: () => Promise<{ readonly kind: 'done' } | NotDone>
  readonly done: () => void
}

/** A button that says what is lost before it does anything. The focus goes to the way back, and then comes back here. */
export function AskedFirst({ text, question, label, harmless = false, act, done }: AskedFirstProps) {
  const [asking, setAsking] = useState(false)
  const request = useRequest()
  const opener = useRef<HTMLButtonElement>(null)
  const asked = useRef(false)
  const askId = useId()
  useLayoutEffect(() => {
    if (asked.current) opener.current?.focus()
    asked.current = asking
  }, [asking])
  const stop = () => setAsking(false)
  const heedEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    // The dialog around it stays open.
    event.preventDefault()
    stop()
  }
  if (!asking) {
    return (
      <button ref={opener} type="button" aria-label={label} onClick={() => setAsking(true)}>
        {question.label}
      </button>
    )
  }
  return (
    <fieldset class="asked" aria-describedby={askId} onKeyDown={heedEscape}>
      <p id={askId}>{question.ask}</p>
      <div class="choices">
        <button type="button" ref={focusOnce} onClick={stop}>
          {text.panel.keep}
        </button>
        <button
          type="button"
          class={harmless ? 'strong' : 'stop'}
          aria-busy={request.state.phase === 'asking'}
          onClick={() =>
            request.run(act, () => {
              stop()
              done()
            })
          }
        >
          {question.confirm}
        </button>
      </div>
      <NotDoneWords text={text} state={request.state} />
    </fieldset>
  )
}

function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus()
}
