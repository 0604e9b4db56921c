import { useId, useState } from 'preact/hooks'
import type { Watch } from '../../protocol/operations.ts'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Page } from '../page.ts'
import { catalogueOf } from '../text/catalogues.ts'
import { PeopleIcon, ShareIcon } from './icons.tsx'
import { LazyPart } from './parts/lazy-part.tsx'
import { Sheet } from './parts/sheet.tsx'

const loadSharing = () => import('./sharing/share-panel.tsx').then((part) => part.SharePanel)

interface OwnerToolsProps {
  readonly page: Page
  readonly camera: VisibleCamera
  readonly watches: readonly Watch[]
}

/** Who watches, and who may. */
export function OwnerTools({ page, camera, watches }: OwnerToolsProps) {
  const [named, setNamed] = useState(false)
  const [sharing, setSharing] = useState(false)
  const namesId = useId()
  const text = catalogueOf(page.language.value)
  const closed = () => setSharing(false)
  return (
    <>
      <div class="tools">
        {watches.length > 0 && (
          <button
            type="button"
            class="quiet"
            aria-expanded={named}
            aria-controls={namesId}
            aria-label={text.sharing.watching(watches.length)}
            title={text.sharing.watching(watches.length)}
            onClick={() => setNamed(!named)}
          >
            <PeopleIcon />
            {watches.length}
          </button>
        )}
        <button
          type="button"
          class="quiet"
          aria-label={text.sharing.shareCamera(camera.label)}
          title={text.sharing.share}
          onClick={() => setSharing(true)}
        >
          <ShareIcon />
        </button>
      </div>
      <ul id={namesId} class="watchers" hidden={!named || watches.length === 0}>
        {watches.map((watch) => (
          <li key={watch.call}>
            <span dir="auto">{watch.name}</span> <small>{text.sharing.watcherRoles[watch.role]}</small>
          </li>
        ))}
      </ul>
      {sharing && (
        <Sheet title={text.sharing.shareCamera(camera.label)} closeLabel={text.action.close} closed={closed}>
          <LazyPart text={text} load={loadSharing} props={{ page, camera }} />
        </Sheet>
      )}
    </>
  )
}
