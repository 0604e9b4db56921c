import type { Grant } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import { AskedFirst } from '../parts/asked-first.tsx'
import { LoadedList } from '../parts/loaded-list.tsx'
import type { Loaded } from '../parts/use-loaded.ts'
import { grantLine } from './grant-line.ts'
import type { SharedProps } from './shared-props.ts'

interface GrantListProps extends SharedProps {
  readonly grants: { readonly state: Loaded<readonly Grant[]>; readonly reload: () => void }
}

export function GrantList({ grants, ...shared }: GrantListProps) {
  const { text, panels } = shared
  return (
    <section>
      <LoadedList
        text={text}
        title={panels.grants.title}
        list={grants.state}
        none={panels.grants.none}
        reload={grants.reload}
      >
        {(grant: Grant) => <GrantRow key={grant.grant} {...shared} grant={grant} revoked={grants.reload} />}
      </LoadedList>
      <p class="hint">{panels.grants.owners}</p>
    </section>
  )
}

interface GrantRowProps extends SharedProps {
  readonly grant: Grant
  readonly revoked: () => void
}

function GrantRow({ text, panels, language, actions, camera, grant, revoked }: GrantRowProps) {
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
        <span>{grantLine(panels, grant, now, (at) => formatSince(at, now, language))}</span>
      </div>
      <AskedFirst
        text={text}
        question={grant.kind === 'link' ? panels.grants.revokeLink : panels.grants.revoke}
        label={panels.grants.revokeOf(grant.name)}
        act={revoke}
        done={revoked}
      />
    </li>
  )
}
