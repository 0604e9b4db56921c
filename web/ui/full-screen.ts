import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Safari on the iPhone shows no element but a video in full screen, by its own method. */
interface IPhoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void
}

export function canFullScreen(): boolean {
  return document.fullscreenEnabled || 'webkitEnterFullscreen' in HTMLVideoElement.prototype
}

export function toggleFullScreen(frame: HTMLElement | null, video: IPhoneVideo | null): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen()
  else if (document.fullscreenEnabled)
    frame?.requestFullscreen().catch(() => video?.webkitEnterFullscreen?.())
  else video?.webkitEnterFullscreen?.()
}

/** Whether the element is what fills the screen. */
export function useFullScreen(frame: RefObject<HTMLElement | null>): boolean {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const follow = () => setFull(frame.current !== null && document.fullscreenElement === frame.current)
    document.addEventListener('fullscreenchange', follow)
    return () => document.removeEventListener('fullscreenchange', follow)
  }, [frame])
  return full
}
