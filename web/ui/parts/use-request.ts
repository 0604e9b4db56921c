import { useState } from 'preact/hooks'
import type { NotDone } from '../../viewer/ask-result.ts'

export type RequestState =
  | { readonly phase: 'idle' | 'asking' }
  | { readonly phase: 'not-done'; readonly why: NotDone }

export interface Request {
  readonly state: RequestState
  /** One at a time: a second tap while it runs is none. */
  run<Done extends { readonly kind: 'done' | 'made' }>(
    ask: () => Promise<Done | NotDone>,
    done: (result: Done) => void,
  ): void
}

/** Something that is asked of the service once, and why it was not done. */
export function useRequest(): Request {
  const [state, setState] = useState<RequestState>({ phase: 'idle' })
  return {
    state,
    run(ask, done) {
      if (state.phase === 'asking') return
      setState({ phase: 'asking' })
      void ask().then((result) => {
        if (isNotDone(result)) {
          setState({ phase: 'not-done', why: result })
          return
        }
        setState({ phase: 'idle' })
        done(result)
      })
    },
  }
}

function isNotDone(result: { readonly kind: string }): result is NotDone {
  return result.kind === 'refused' || result.kind === 'not-sent'
}
