import { useState } from 'preact/hooks'
import { LinkIcon } from '../icons.tsx'
import { NotDoneWords } from '../parts/not-done.tsx'
import { useRequest } from '../parts/use-request.ts'
import { LinkFields, type WantedLink } from './link-fields.tsx'
import { MadeLinkCard } from './made-link-card.tsx'
import type { SharedProps } from './shared-props.ts'

/** A guest link, from what is wanted of it to the link that can be handed on. */
export function LinkForm({ changed, ...shared }: SharedProps & { changed: () => void }) {
  const { text, panels, actions, camera } = shared
  const [made, setMade] = useState<{ readonly link: string; readonly until: number } | null>(null)
  const request = useRequest()
  const make = ({ label, until, max }: WantedLink) =>
    request.run(
      () => actions.makeLink(camera.camera, label, until, max),
      ({ link }) => {
        setMade({ link, until })
        changed()
      },
    )
  return (
    <details class="fold" name="invite">
      <summary>
        <LinkIcon />
        {panels.share.link}
      </summary>
      {made !== null ? (
        <MadeLinkCard {...shared} link={made.link} until={made.until} done={() => setMade(null)} />
      ) : (
        <LinkFields {...shared} making={request.state.phase === 'asking'} make={make}>
          <NotDoneWords text={text} state={request.state} />
        </LinkFields>
      )}
    </details>
  )
}
