import { readAppLink } from '../../protocol/app-link.ts'
import type { WakeCause } from '../viewer/link/link-state.ts'

interface PageEvents {
  readonly left: () => void
  /** Out of the browser's cache, as it was when it was left. */
  readonly cameBack: () => void
  /** The network is back or another, or the page can be seen again. */
  readonly awake: (cause: WakeCause) => void
  /** Another tab has changed what is stored under this name; null: all of it. */
  readonly stored: (key: string | null) => void
}

export function followPage({ left, cameBack, awake, stored }: PageEvents): void {
  window.addEventListener('pagehide', left)
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) cameBack()
  })
  const networkChanged = () => awake('network')
  window.addEventListener('online', networkChanged)
  followKindOfNetwork(networkChanged)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') awake('visible')
  })
  window.addEventListener('storage', ({ key }) => stored(key))
  // A link of ours that is opened in a tab where the page is already open only changes the fragment.
  window.addEventListener('hashchange', () => {
    if (readAppLink(location.hash) !== null) location.reload()
  })
}

/**
 * From Wi-Fi to mobile nothing goes offline. Only some phones' browsers tell of it (W3C Network Information), and by
 * the same event of every guess at how fast the line is.
 */
function followKindOfNetwork(changed: () => void): void {
  const { connection } = navigator as { connection?: EventTarget & { readonly type?: string } }
  let type = connection?.type
  connection?.addEventListener('change', () => {
    if (connection.type === type) return
    type = connection.type
    changed()
  })
}
