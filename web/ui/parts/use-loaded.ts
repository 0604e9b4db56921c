import { useEffect, useRef, useState } from 'preact/hooks'
import type { NotDone } from '../../viewer/ask-result.ts'

export type Loaded<Answer> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly why: NotDone }
  | { readonly phase: 'loaded'; readonly answer: Answer }

type Load<Answer> = () => Promise<{ readonly kind: 'done'; readonly answer: Answer } | NotDone>

/** What is shown stays while it is loaded again. Of two loads the one begun last counts. */
export function useLoaded<Answer>(
  load: Load<Answer>,
  key: unknown,
): { readonly state: Loaded<Answer>; readonly reload: () => void } {
  const [state, setState] = useState<Loaded<Answer>>({ phase: 'loading' })
  const begun = useRef(0)
  const reload = () => {
    begun.current += 1
    const turn = begun.current
    void load().then((result) => {
      if (turn !== begun.current) return
      if (result.kind === 'done') setState({ phase: 'loaded', answer: result.answer })
      else setState({ phase: 'failed', why: result })
    })
  }
  useEffect(reload, [key])
  return { state, reload }
}
