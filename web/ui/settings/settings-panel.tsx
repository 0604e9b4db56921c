import type { PairedDevice, Person } from '../../../protocol/operations.ts'
import type { Page } from '../../page.ts'
import { catalogueOf } from '../../text/catalogues.ts'
import { panelCatalogueOf } from '../../text/panel-catalogues.ts'
import { allPages } from '../../viewer/all-pages.ts'
import { HowToPair } from '../how-to-pair.tsx'
import { LoadedList } from '../parts/loaded-list.tsx'
import { useLoaded } from '../parts/use-loaded.ts'
import { usePeople } from '../parts/use-people.ts'
import { DeviceRow } from './device-row.tsx'
import { PersonRow } from './person-row.tsx'
import './settings.css'

/** What belongs to the whole deployment: its devices and its people. */
export function SettingsPanel({ page }: { page: Page }) {
  const language = page.language.value
  const text = catalogueOf(language)
  const panels = panelCatalogueOf(language)
  const { actions } = page
  const shared = { text, panels, language, actions }
  const devices = useLoaded<readonly PairedDevice[]>(
    () =>
      allPages(
        (cursor) => actions.ask('list-devices', { cursor }),
        (answer) => answer.devices,
        ({ device }) => device,
      ),
    null,
  )
  const people = usePeople(actions)
  const owners = people.state.phase === 'loaded' ? people.state.answer.filter(({ owner }) => owner).length : 0
  return (
    <>
      <section>
        <LoadedList
          text={text}
          title={panels.settings.devices}
          list={devices.state}
          none={panels.settings.noDevices}
          reload={devices.reload}
        >
          {(device: PairedDevice) => (
            <DeviceRow key={device.device} {...shared} device={device} changed={devices.reload} />
          )}
        </LoadedList>
        <details class="fold">
          <summary>{panels.settings.another}</summary>
          <HowToPair text={text} cloud={page.cloud.value} />
        </details>
      </section>
      <section>
        <LoadedList
          text={text}
          title={panels.settings.people}
          list={people.state}
          none={panels.settings.peopleHint}
          reload={people.reload}
        >
          {(person: Person) => (
            <PersonRow
              key={person.person}
              {...shared}
              person={person}
              onlyOwner={person.self && owners === 1}
              changed={people.reload}
            />
          )}
        </LoadedList>
        <p class="hint">{panels.settings.peopleHint}</p>
      </section>
    </>
  )
}
