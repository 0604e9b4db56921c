import type { Grant } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import { AskedFirst } from '../parts/asked-first.tsx'
import { LoadedList } from '../parts/loaded-list.tsx'
import type { Loaded } from '../parts/use-loaded.ts'
import { useRequest } from '../parts/use-request.ts'
import { grantLine } from './grant-line.ts'
import type { SharedProps } from './shared-props.ts'

interface GrantListProps extends SharedProps {
  readonly grants: { readonly state: Loaded<readonly Grant[]>; readonly reload: () => void }
}

export function GrantList({ grants, ...shared }: GrantListProps) {
  const { text, panels } = shared
  return (
    <section>
      <h3>{panels.grants.title}</h3>
      <LoadedList text={text} list={grants.state} none={panels.grants.none} reload={grants.reload}>
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
  const request = useRequest()
  const now = Date.now()
  const revoke = () =>
    request.run(async () => {
      const result = await actions.ask('revoke-grant', { camera: camera.camera, grant: grant.grant })
      if (result.kind === 'refused' && result.code === 'unknown-grant') return { kind: 'done', answer: {} }
      return result
    }, revoked)
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
        request={request}
        act={revoke}
      />
    </li>
  )
}
