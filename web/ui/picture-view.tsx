import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Picture } from '../browser/peer-connections.ts'
import { canFullScreen, toggleFullScreen, useFullScreen } from './full-screen.ts'
import { drawStill } from './last-frame.tsx'
import { startAfterPauses } from './start-after-pauses.ts'

export interface PictureControls {
  readonly video: RefObject<HTMLVideoElement | null>
  /** Keeps the last frame of a picture that was lost. */
  readonly still: RefObject<HTMLCanvasElement | null>
  readonly hasSound: boolean
  readonly muted: boolean
  /** The browser does not start the picture by itself. */
  readonly blocked: boolean
  readonly canFullScreen: boolean
  readonly fullScreen: boolean
  readonly start: () => void
  readonly toggleSound: () => void
  readonly toggleFullScreen: () => void
}

/** What can be done to a picture, from outside of it. */
export function usePictureView(
  frame: RefObject<HTMLElement | null>,
  picture: Picture | undefined,
  regaining: boolean,
  onBlocked: () => void,
): PictureControls {
  const video = useRef<HTMLVideoElement>(null)
  const still = useRef<HTMLCanvasElement>(null)
  const [muted, setMuted] = useState(true)
  const [blocked, setBlocked] = useState(false)
  const fullScreen = useFullScreen(frame)

  async function start(): Promise<void> {
    const element = video.current
    try {
      await element?.play()
      setBlocked(false)
    } catch (error) {
      // Anything else, as a picture that ended while it was to start, comes with an event of its own.
      const refused = error instanceof DOMException && error.name === 'NotAllowedError'
      if (!refused || element === null) return setBlocked(false)
      if (element.muted) {
        setBlocked(true)
        return onBlocked()
      }
      // Whoever had turned the sound on has done so for a picture that is gone: better this one without it than none.
      element.muted = true
      setMuted(true)
      void start()
    }
  }

  useLayoutEffect(() => {
    const element = video.current
    if (element === null || picture === undefined) {
      if (!regaining) setMuted(true)
      setBlocked(false)
      return
    }
    if (element.srcObject === picture.stream) return
    element.srcObject = picture.stream
    element.muted = muted
    void start()
  }, [picture?.stream, regaining])

  useLayoutEffect(() => {
    const keep = () => drawStill(still.current, video.current)
    picture?.over.addEventListener('abort', keep)
    return () => picture?.over.removeEventListener('abort', keep)
  }, [picture?.over])

  return {
    video,
    still,
    hasSound: picture?.hasSound ?? false,
    muted,
    blocked,
    canFullScreen: canFullScreen(),
    fullScreen,
    start: () => void start(),
    toggleSound() {
      if (video.current === null) return
      video.current.muted = !muted
      setMuted(!muted)
      void start()
    },
    toggleFullScreen: () => toggleFullScreen(frame.current, video.current),
  }
}

interface PictureViewProps {
  readonly view: PictureControls
  readonly label: string
  readonly onFirstFrame: () => void
}

export function PictureView({ view, label, onFirstFrame }: PictureViewProps) {
  const { video } = view

  useLayoutEffect(() => {
    const element = video.current
    if (element === null) return
    let seen = false
    const see = () => {
      // One that the browser does not start may present its first frame all the same, and then stands.
      if (seen || element.paused || element.videoWidth === 0) return
      seen = true
      onFirstFrame()
    }
    const fit = () => {
      const { parentElement, videoWidth, videoHeight } = element
      parentElement?.style.setProperty('--picture', `${videoWidth} / ${videoHeight}`)
    }
    element.requestVideoFrameCallback?.(see)
    // A page in the background presents no frames, but plays: then the event is the only word.
    element.addEventListener('playing', see)
    element.addEventListener('resize', fit)
    const goAlone = startAfterPauses(element, view.start)
    return () => {
      goAlone()
      element.removeEventListener('playing', see)
      element.removeEventListener('resize', fit)
    }
  }, [])

  return <video ref={video} autoplay playsinline muted aria-label={label} />
}
