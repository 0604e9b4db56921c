import type { Grant } from '../../../protocol/operations.ts'
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
import { InvitePerson } from './invite-person.tsx'
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
  const grants = useLoaded<readonly Grant[]>(
    () =>
      allPages(
        (cursor) => actions.ask('list-grants', { camera: id, cursor }),
        (answer) => answer.grants,
        ({ grant }) => grant,
      ),
    id,
  )
  const people = usePeople(actions)
  const shared = { text, panels, language, actions, camera }
  const watches = page.viewer.value.watchers.get(id) ?? []
  return (
    <>
      <div class="invites">
        <InvitePerson {...shared} changed={grants.reload} />
        <LinkForm {...shared} changed={grants.reload} />
      </div>
      <GrantList {...shared} grants={grants} people={people.state} />
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
