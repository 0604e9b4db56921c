import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { MAX_WATCHERS_PER_LINK } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import { readLabel } from '../parts/label.ts'
import { asLocalInput, linkUntil, type UntilPreset } from './link-until.ts'
import type { SharedProps } from './shared-props.ts'
import { UntilChoice } from './until-choice.tsx'

export interface WantedLink {
  readonly label: string
  readonly until: number
  readonly max: number
}

interface LinkFieldsProps extends Pick<SharedProps, 'panels' | 'language'> {
  readonly making: boolean
  readonly make: (wanted: WantedLink) => void
  /** Above the button. */
  readonly children: ComponentChildren
}

const DAY_MS = 24 * 60 * 60_000
const COUNTS = Array.from({ length: MAX_WATCHERS_PER_LINK }, (_, n) => n + 1)

export function LinkFields({ panels, language, making, make, children }: LinkFieldsProps) {
  const [written, setWritten] = useState('')
  const [preset, setPreset] = useState<UntilPreset>('today')
  const [own, setOwn] = useState(() => asLocalInput(Date.now() + DAY_MS))
  const [max, setMax] = useState(1)
  const labelId = useId()
  const maxId = useId()
  const { share } = panels
  const label = readLabel(written)
  const bad = label === null && written.trim() !== ''
  const until = linkUntil(preset, Date.now(), own)
  const submit = (event: Event) => {
    event.preventDefault()
    // By the hour of the tap, not of when the form was drawn.
    const ends = linkUntil(preset, Date.now(), own)
    if (label !== null && ends !== null) make({ label, until: ends, max })
  }
  return (
    <form class="field" onSubmit={submit}>
      <p class="hint">{share.linkIntro}</p>
      <label for={labelId}>{share.linkLabel}</label>
      <input
        id={labelId}
        value={written}
        maxLength={64}
        autocomplete="off"
        required
        aria-invalid={bad}
        onInput={({ currentTarget }) => setWritten(currentTarget.value)}
      />
      <p class="hint">{bad ? panels.rename.bad : share.linkLabelHint}</p>
      <UntilChoice
        panels={panels}
        preset={preset}
        own={own}
        choose={setPreset}
        chooseOwn={setOwn}
        hint={until === null ? share.until.past : share.until.ends(formatSince(until, Date.now(), language))}
      />
      <label for={maxId}>{share.linkMax}</label>
      <select id={maxId} value={max} onChange={({ currentTarget }) => setMax(Number(currentTarget.value))}>
        {COUNTS.map((count) => (
          <option key={count} value={count}>
            {share.people(count)}
          </option>
        ))}
      </select>
      {children}
      <button type="submit" class="strong" disabled={until === null} aria-busy={making}>
        {share.make}
      </button>
    </form>
  )
}
