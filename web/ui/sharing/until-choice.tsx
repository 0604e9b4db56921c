import { useId } from 'preact/hooks'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'
import { asLocalInput, UNTIL_PRESETS, type UntilPreset } from './link-until.ts'

interface UntilChoiceProps {
  readonly panels: PanelCatalogue
  readonly preset: UntilPreset
  readonly own: string
  readonly choose: (preset: UntilPreset) => void
  readonly chooseOwn: (own: string) => void
  /** When that is, or what is wrong with it. */
  readonly hint: string
}

export function UntilChoice({ panels: { share }, preset, own, choose, chooseOwn, hint }: UntilChoiceProps) {
  const name = useId()
  return (
    <fieldset class="until-choice">
      <legend>{share.linkUntil}</legend>
      <div class="presets">
        {UNTIL_PRESETS.map((one) => (
          <label key={one}>
            <input
              type="radio"
              class="unseen"
              name={name}
              checked={one === preset}
              onChange={() => choose(one)}
            />
            <span>{share.until[one]}</span>
          </label>
        ))}
      </div>
      {preset === 'own' && (
        <input
          type="datetime-local"
          aria-label={share.until.ownDate}
          value={own}
          min={asLocalInput(Date.now())}
          onInput={({ currentTarget }) => chooseOwn(currentTarget.value)}
        />
      )}
      <p class="hint" role="status">
        {hint}
      </p>
    </fieldset>
  )
}
