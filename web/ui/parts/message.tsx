import type { ComponentChildren } from 'preact'
import type { CallWords } from '../../text/words.ts'
import { Eye } from '../icons.tsx'

interface MessageProps {
  readonly words: CallWords
  readonly children?: ComponentChildren
}

/** What the whole page has to say, where there is nothing to see. */
export function Message({ words, children }: MessageProps) {
  return (
    <section class="message">
      <Eye open={false} />
      <div role="status">
        <h2>{words.what}</h2>
        {words.advice !== undefined && <p>{words.advice}</p>}
      </div>
      {children}
    </section>
  )
}
