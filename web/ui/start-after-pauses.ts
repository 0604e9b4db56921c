/** What Safari on the iPhone has besides: a full screen of its own for the video alone. */
interface IPhoneVideo extends HTMLVideoElement {
  readonly webkitDisplayingFullscreen?: boolean
}

const ENDINGS = ['pause', 'webkitendfullscreen', 'leavepictureinpicture']

/**
 * A live picture that stands looks like one that goes on: what the browser has paused is started again, as the iPhone
 * does whenever its full screen is left. While a person holds it in a window with buttons of its own, it stays as it is.
 */
export function startAfterPauses(video: IPhoneVideo, start: () => void): () => void {
  const gone = new AbortController()
  const restart = () => {
    const isHeld = video.webkitDisplayingFullscreen === true || document.pictureInPictureElement === video
    const isSeen = document.visibilityState === 'visible'
    if (video.paused && video.srcObject !== null && isSeen && !isHeld) start()
  }
  for (const type of ENDINGS) video.addEventListener(type, restart, { signal: gone.signal })
  document.addEventListener('visibilitychange', restart, { signal: gone.signal })
  return () => gone.abort()
}
