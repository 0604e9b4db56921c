import { useEffect, useRef } from 'preact/hooks'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Page } from '../page.ts'

/** A guest came for the picture: it opens as soon as the camera is there, once. Whoever hung up stays hung up. */
export function useOpenedAtOnce(page: Page, cameras: readonly VisibleCamera[]): void {
  const opened = useRef(false)
  const online = cameras.find(({ state }) => state === 'online')?.camera
  useEffect(() => {
    if (opened.current || online === undefined) return
    opened.current = true
    if ((page.viewer.value.calls.get(online)?.phase ?? 'idle') === 'idle') page.actions.call(online)
  }, [online, page])
}
