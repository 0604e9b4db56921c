import type { Catalogue, Words } from '../../text/catalogue.ts'

interface PairedNoticeProps {
  readonly text: Catalogue
  readonly words: Words | null
  readonly close: () => void
}

/** Always there, so that its words are read out. */
export function PairedNotice({ text, words, close }: PairedNoticeProps) {
  return (
    <div class="paired" role="status" data-shown={words !== null}>
      {words !== null && (
        <>
          <p>
            <strong>{words.what}</strong>
            <span>{words.advice}</span>
          </p>
          <button type="button" onClick={close}>
            {text.action.close}
          </button>
        </>
      )}
    </div>
  )
}
