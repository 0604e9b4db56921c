import type { PageActions } from '../page.ts'
import type { Catalogue, Words } from '../text/catalogue.ts'
import { linkWords } from '../text/words.ts'
import type { ViewerSnapshot } from '../viewer/viewer.ts'
import { Eye } from './icons.tsx'

interface EmptyPageProps {
  readonly text: Catalogue
  readonly settings: 'loading' | 'missing' | 'loaded'
  readonly snapshot: ViewerSnapshot
  readonly actions: PageActions
}

/** What there is to say while there is no camera to show. */
export function EmptyPage({ text, settings, snapshot: { link, cameras }, actions }: EmptyPageProps) {
  const { service } = text
  if (settings === 'missing')
    return <Message words={service.settingsMissing} act={actions.reload} label={service.reload} />
  const trouble = linkWords(text, link)
  if (link.phase === 'refused' && trouble !== null) {
    return <Message words={trouble} act={actions.reload} label={service.reload} />
  }
  if (cameras !== null) return <Message words={trouble ?? service.noCamera} />
  const failed = 'attempt' in link && link.attempt > 0
  if (failed) return <Message words={service.unreachable} act={actions.connectNow} label={service.tryNow} />
  return <Message words={{ what: service.connecting, advice: '' }} />
}

interface MessageProps {
  readonly words: Words
  readonly act?: () => void
  readonly label?: string
}

function Message({ words, act, label }: MessageProps) {
  return (
    <section class="message">
      <Eye open={false} />
      <div role="status">
        <h2>{words.what}</h2>
        <p>{words.advice}</p>
      </div>
      {act !== undefined && (
        <button type="button" class="strong" onClick={act}>
          {label}
        </button>
      )}
    </section>
  )
}
