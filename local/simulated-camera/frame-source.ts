import { createScene } from './scene.ts'
import { type MediaTrack, wrtc } from './wrtc.ts'

const FRAMES_PER_SECOND = 30

/** One picture for all sessions of a camera; drawn only while somebody has a track of it. */
export interface FrameSource {
  open(): MediaTrack
  /** Draws a frame now: a stream that has just connected need not wait for the next one. */
  drawNow(): void
  close(track: MediaTrack): void
}

export function createFrameSource(name: string, framesPerSecond = FRAMES_PER_SECOND): FrameSource {
  const scene = createScene(name)
  const source = new wrtc.nonstandard.RTCVideoSource({ isScreencast: false, needsDenoising: false })
  const tracks = new Set<MediaTrack>()
  let timer: NodeJS.Timeout | undefined
  let due = 0

  const draw = () => source.onFrame(scene.draw(Date.now()))
  const tick = () => {
    draw()
    // Counted from when it was due, so that late timers do not lower the frame rate; a stall is not made up for.
    const now = performance.now()
    due = Math.max(due + 1000 / framesPerSecond, now)
    timer = setTimeout(tick, due - now)
  }

  return {
    open() {
      const track = source.createTrack()
      tracks.add(track)
      if (tracks.size === 1) {
        due = performance.now()
        tick()
      }
      return track
    },
    drawNow: draw,
    close(track) {
      track.stop()
      tracks.delete(track)
      if (tracks.size === 0) clearTimeout(timer)
    },
  }
}
