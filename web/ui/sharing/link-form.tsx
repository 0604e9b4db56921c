import { useId, useState } from 'preact/hooks'
import { MAX_WATCHERS_PER_LINK } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import { LinkIcon } from '../icons.tsx'
import { readLabel } from '../parts/label.ts'
import { NotDoneWords } from '../parts/not-done.tsx'
import { useRequest } from '../parts/use-request.ts'
import { asLocalInput, linkUntil, type UntilPreset } from './link-until.ts'
import { MadeLinkCard } from './made-link-card.tsx'
import type { SharedProps } from './shared-props.ts'
import { UntilChoice } from './until-choice.tsx'

const DAY_MS = 24 * 60 * 60_000
const COUNTS = Array.from({ length: MAX_WATCHERS_PER_LINK }, (_, n) => n + 1)

export function LinkForm(props: SharedProps & { changed: () => void }) {
  const { text, panels, language, actions, camera, changed } = props
  const [written, setWritten] = useState('')
  const [preset, setPreset] = useState<UntilPreset>('today')
  const [own, setOwn] = useState(() => asLocalInput(Date.now() + DAY_MS))
  const [max, setMax] = useState(1)
  const [made, setMade] = useState<{ readonly link: string; readonly until: number } | null>(null)
  const request = useRequest()
  const labelId = useId()
  const maxId = useId()
  const { share } = panels
  const label = readLabel(written)
  const bad = label === null && written.trim() !== ''
  const until = linkUntil(preset, Date.now(), own)
  const make = (event: Event) => {
    event.preventDefault()
    // By the hour of the tap, not of when the form was drawn.
    const ends = linkUntil(preset, Date.now(), own)
    if (label === null || ends === null) return
    request.run(
      () => actions.makeLink(camera.camera, label, ends, max),
      ({ link }) => {
        setMade({ link, until: ends })
        setWritten('')
        changed()
      },
    )
  }
  return (
    <details class="fold" name="invite">
      <summary>
        <LinkIcon />
        {share.link}
      </summary>
      {made !== null ? (
        <MadeLinkCard {...props} link={made.link} until={made.until} done={() => setMade(null)} />
      ) : (
        <form class="field" onSubmit={make}>
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
            hint={
              until === null ? share.until.past : share.until.ends(formatSince(until, Date.now(), language))
            }
          />
          <label for={maxId}>{share.linkMax}</label>
          <select
            id={maxId}
            value={max}
            onChange={({ currentTarget }) => setMax(Number(currentTarget.value))}
          >
            {COUNTS.map((count) => (
              <option key={count} value={count}>
                {share.people(count)}
              </option>
            ))}
          </select>
          <NotDoneWords text={text} state={request.state} />
          <button
            type="submit"
            class="strong"
            disabled={until === null}
            aria-busy={request.state.phase === 'asking'}
          >
            {share.make}
          </button>
        </form>
      )}
    </details>
  )
}
