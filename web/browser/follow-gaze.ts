/** Safari tells it of the video itself. */
interface SafariVideo extends HTMLVideoElement {
  readonly webkitPresentationMode?: string
}

/** Whether the page, or a picture of it in a window of its own, is to be seen; now, and whenever that may have changed. */
export function followGaze(seen: (visible: boolean) => void): void {
  const look = () => seen(document.visibilityState === 'visible' || showsPictureInPicture())
  document.addEventListener('visibilitychange', look)
  for (const event of ['enterpictureinpicture', 'leavepictureinpicture']) {
    document.addEventListener(event, look, true)
  }
  document.addEventListener('webkitpresentationmodechanged', look, true)
  look()
}

function showsPictureInPicture(): boolean {
  // Firefox has such a window too, and says nothing of it.
  if ((document.pictureInPictureElement ?? null) !== null) return true
  const videos: SafariVideo[] = [...document.querySelectorAll('video')]
  return videos.some(({ webkitPresentationMode }) => webkitPresentationMode === 'picture-in-picture')
}
