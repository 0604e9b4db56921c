import type { Grant, Person } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'
import { AskedFirst } from '../parts/asked-first.tsx'
import { LoadedList } from '../parts/loaded-list.tsx'
import type { Loaded } from '../parts/use-loaded.ts'
import { grantLine } from './grant-line.ts'
import type { SharedProps } from './shared-props.ts'

interface GrantListProps extends SharedProps {
  readonly grants: { readonly state: Loaded<readonly Grant[]>; readonly reload: () => void }
  readonly people: Loaded<readonly Person[]>
}

export function GrantList({ grants, people, ...shared }: GrantListProps) {
  const { text, panels } = shared
  const owners = people.phase === 'loaded' ? people.answer.filter(({ owner }) => owner) : []
  return (
    <section>
      <LoadedList
        text={text}
        title={panels.grants.title}
        list={grants.state}
        none={panels.grants.none}
        reload={grants.reload}
      >
        {(grant: Grant) => (
          <GrantRow
            key={grant.grant}
            {...shared}
            grant={grant}
            owner={isOfOwner(grant, owners)}
            revoked={grants.reload}
          />
        )}
      </LoadedList>
      <p class="hint">{panels.grants.owners}</p>
    </section>
  )
}

interface GrantRowProps extends SharedProps {
  readonly grant: Grant
  /** The person sees the camera without it too. */
  readonly owner: boolean
  readonly revoked: () => void
}

function GrantRow({ text, panels, language, actions, camera, grant, owner, revoked }: GrantRowProps) {
  const now = Date.now()
  const revoke = async () => {
    const result = await actions.ask('revoke-grant', { camera: camera.camera, grant: grant.grant })
    // Somebody else was quicker: what was wanted is so.
    return result.kind === 'refused' && result.code === 'unknown-grant' ? { kind: 'done' as const } : result
  }
  return (
    <li>
      <div class="item">
        <strong dir="auto">{grant.name}</strong>
        <span>{grantLine(panels, grant, now, (at) => formatSince(at, now, language), owner)}</span>
      </div>
      <AskedFirst
        text={text}
        question={questionOf(panels, grant, owner)}
        label={panels.grants.revokeOf(grant.name)}
        act={revoke}
        done={revoked}
      />
    </li>
  )
}

function questionOf({ grants }: PanelCatalogue, { kind }: Grant, owner: boolean) {
  if (kind === 'link') return grants.revokeLink
  return owner ? grants.revokeOwner : grants.revoke
}

/** By the address, which no name that people choose can pass for [R32]. */
function isOfOwner({ kind, name }: Grant, owners: readonly Person[]): boolean {
  return kind === 'person' && owners.some((person) => person.name.toLowerCase() === name.toLowerCase())
}
