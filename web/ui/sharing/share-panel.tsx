import { useEffect, useState } from 'preact/hooks'
import type { Grant, Watch } from '../../../protocol/operations.ts'
import type { VisibleCamera } from '../../../protocol/welcome.ts'
import type { Page } from '../../page.ts'
import { catalogueOf } from '../../text/catalogues.ts'
import { panelCatalogueOf } from '../../text/panel-catalogues.ts'
import { allPages } from '../../viewer/all-pages.ts'
import { RenameForm } from '../parts/rename-form.tsx'
import { useLoaded } from '../parts/use-loaded.ts'
import { usePeople } from '../parts/use-people.ts'
import { GrantList } from './grant-list.tsx'
import { History } from './history.tsx'
import { type Granted, InvitePerson } from './invite-person.tsx'
import { LinkForm } from './link-form.tsx'
import { WatchingNow } from './watching-now.tsx'
import './sharing.css'

export interface SharePanelProps {
  readonly page: Page
  readonly camera: VisibleCamera
}

/** Everything about who sees one camera. */
export function SharePanel({ page, camera }: SharePanelProps) {
  const language = page.language.value
  const text = catalogueOf(language)
  const panels = panelCatalogueOf(language)
  const { actions } = page
  const id = camera.camera
  const watches = page.viewer.value.watchers.get(id) ?? []
  const asked = `${id} ${namesOf(watches)}`
  const grants = useLoaded<readonly Grant[]>(
    () =>
      allPages(
        (cursor) => actions.ask('list-grants', { camera: id, cursor }),
        (answer) => answer.grants,
        ({ grant }) => grant,
      ),
    // Who begins to watch may be somebody who was invited and has signed in since.
    asked,
  )
  const [granted, setGranted] = useState<Granted | null>(null)
  // What was said of an invitation need not be so of a list that has changed since.
  useEffect(() => setGranted(null), [asked])
  const changed = () => {
    setGranted(null)
    grants.reload()
  }
  const people = usePeople(actions)
  const shared = { text, panels, language, actions, camera }
  return (
    <>
      <div class="invites">
        <InvitePerson {...shared} granted={granted} setGranted={setGranted} changed={grants.reload} />
        <LinkForm {...shared} changed={changed} />
      </div>
      <GrantList {...shared} grants={{ state: grants.state, reload: changed }} people={people.state} />
      <WatchingNow {...shared} watches={watches} />
      <History {...shared} watches={watches} />
      <RenameForm
        text={text}
        panels={panels}
        title={panels.rename.camera}
        label={camera.label}
        rename={(label) => actions.ask('rename-camera', { camera: id, label })}
      />
    </>
  )
}

function namesOf(watches: readonly Watch[]): string {
  return [...new Set(watches.map(({ name }) => name))].sort().join()
}
