import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Catalogue } from '../../text/catalogue.ts'
import { FailureWords } from './failure-words.tsx'

interface LazyPartProps<Props extends object> {
  readonly text: Catalogue
  readonly load: () => Promise<FunctionComponent<Props>>
  readonly props: Props
}

type Loading<Props> =
  | { readonly phase: 'loading' | 'failed' }
  | { readonly phase: 'loaded'; readonly Part: FunctionComponent<Props> }

/** A part of the page that comes when it is wanted, so that the first picture need not wait for it. */
export function LazyPart<Props extends object>({ text, load, props }: LazyPartProps<Props>) {
  const [state, setState] = useState<Loading<Props>>({ phase: 'loading' })
  const begin = () => {
    setState({ phase: 'loading' })
    load().then(
      (Part) => setState({ phase: 'loaded', Part }),
      // No network, or a deployment since: what can be done about it is the same.
      () => setState({ phase: 'failed' }),
    )
  }
  useEffect(begin, [])
  if (state.phase === 'loaded') return <state.Part {...props} />
  if (state.phase === 'loading') return <p class="hint">{text.panel.loading}</p>
  return <FailureWords text={text} words={text.panel.failed} tryAgain={begin} />
}
