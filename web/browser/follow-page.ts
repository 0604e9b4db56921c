import { readAppLink } from '../../protocol/app-link.ts'

interface PageEvents {
  readonly left: () => void
  /** Out of the browser's cache, as it was when it was left. */
  readonly cameBack: () => void
  /** The network is back, or the page can be seen again. */
  readonly awake: () => void
  /** Another tab has changed what is stored under this name; null: all of it. */
  readonly stored: (key: string | null) => void
}

export function followPage({ left, cameBack, awake, stored }: PageEvents): void {
  window.addEventListener('pagehide', left)
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) cameBack()
  })
  window.addEventListener('online', awake)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') awake()
  })
  window.addEventListener('storage', ({ key }) => stored(key))
  // A link of ours that is opened in a tab where the page is already open only changes the fragment.
  window.addEventListener('hashchange', () => {
    if (readAppLink(location.hash) !== null) location.reload()
  })
}
