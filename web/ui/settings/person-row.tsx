import type { Person } from '../../../protocol/operations.ts'
import { formatDay } from '../../text/format-since.ts'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'
import { AskedFirst } from '../parts/asked-first.tsx'
import type { RowProps } from './row-props.ts'

interface PersonRowProps extends RowProps {
  readonly person: Person
  /** There has to be an owner: this one cannot stop being one. */
  readonly onlyOwner: boolean
}

export function PersonRow(props: PersonRowProps) {
  const { text, panels, language, actions, changed, person, onlyOwner } = props
  const { settings } = panels
  const said = [
    ...(person.owner ? [settings.owner] : []),
    ...(person.self ? [settings.you] : []),
    settings.since(formatDay(person.since, language)),
  ]
  return (
    <li>
      <div class="item">
        <strong dir="auto">{person.name}</strong>
        <span>{said.join(' · ')}</span>
        {onlyOwner && <span>{settings.onlyOwner}</span>}
      </div>
      {!onlyOwner && (
        <AskedFirst
          text={text}
          {...asked(settings, person)}
          harmless={!person.owner}
          act={() => actions.ask('set-owner', { person: person.person, owner: !person.owner })}
          done={changed}
        />
      )}
    </li>
  )
}

function asked({ promote, promoteOf, demote, demoteOf, resign }: PanelCatalogue['settings'], person: Person) {
  if (!person.owner) return { question: promote, label: promoteOf(person.name) }
  return person.self ? { question: resign } : { question: demote, label: demoteOf(person.name) }
}
