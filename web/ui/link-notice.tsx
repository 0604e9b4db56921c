import type { PageActions } from '../page.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { isUnreachable, linkWords } from '../text/words.ts'
import type { LinkState } from '../viewer/link/link-state.ts'

interface LinkNoticeProps {
  readonly text: Catalogue
  readonly link: LinkState
  readonly actions: PageActions
}

/** Says beside the pictures that the service is away; there while it is not, so that its words are read out. */
export function LinkNotice({ text, link, actions }: LinkNoticeProps) {
  const words = linkWords(text, link)
  return (
    <div class="notice" role="status" data-shown={words !== null}>
      {words !== null && (
        <div>
          <p>
            <strong>{words.what}</strong>
            <span>{words.advice}</span>
          </p>
          {link.phase === 'refused' && (
            <button type="button" class="strong" onClick={actions.reload}>
              {text.service.reload}
            </button>
          )}
          {isUnreachable(link) && (
            <button type="button" onClick={actions.connectNow}>
              {text.service.tryNow}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
