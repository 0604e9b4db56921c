import { useId, useState } from 'preact/hooks'
import type { Catalogue } from '../../text/catalogue.ts'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'
import type { NotDone } from '../../viewer/ask-result.ts'
import { readLabel } from './label.ts'
import { NotDoneWords } from './not-done.tsx'
import { useRequest } from './use-request.ts'

interface RenameFormProps {
  readonly text: Catalogue
  readonly panels: PanelCatalogue
  readonly title: string
  readonly label: string
  readonly rename: (label: string) => Promise<{ readonly kind: 'done' } | NotDone>
  readonly renamed?: () => void
}

export function RenameForm({ text, panels, title, label, rename, renamed }: RenameFormProps) {
  const [written, setWritten] = useState(label)
  const [saved, setSaved] = useState(false)
  const request = useRequest()
  const fieldId = useId()
  const name = readLabel(written)
  const save = (event: Event) => {
    event.preventDefault()
    if (name === null) return
    request.run(
      () => rename(name),
      () => {
        setSaved(true)
        renamed?.()
      },
    )
  }
  return (
    <form class="field" onSubmit={save}>
      <label for={fieldId}>{title}</label>
      <div class="beside">
        <input
          id={fieldId}
          value={written}
          maxLength={64}
          autocomplete="off"
          aria-invalid={name === null}
          onInput={({ currentTarget }) => {
            setWritten(currentTarget.value)
            setSaved(false)
          }}
        />
        <button type="submit" disabled={name === null}>
          {panels.rename.save}
        </button>
      </div>
      <p class="hint" role="status">
        {name === null ? panels.rename.bad : saved ? panels.rename.saved : ''}
      </p>
      <NotDoneWords text={text} state={request.state} />
    </form>
  )
}
