import type { Person } from '../../../protocol/operations.ts'
import { formatDay } from '../../text/format-since.ts'
import { AskedFirst } from '../parts/asked-first.tsx'
import type { RowProps } from './row-props.ts'

export function PersonRow(props: RowProps & { person: Person }) {
  const { text, panels, language, actions, changed, person } = props
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
      </div>
      <AskedFirst
        text={text}
        question={person.owner ? settings.demote : settings.promote}
        label={person.owner ? settings.demoteOf(person.name) : settings.promoteOf(person.name)}
        harmless={!person.owner}
        act={() => actions.ask('set-owner', { person: person.person, owner: !person.owner })}
        done={changed}
      />
    </li>
  )
}
