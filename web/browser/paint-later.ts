/** A page in the background has no frames. */
const WITHOUT_FRAMES_MS = 100

type Frames = Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame' | 'setTimeout' | 'clearTimeout'>

/**
 * Paints with the next frame what has changed until then. While a call is set up its state changes every few
 * milliseconds, and painting each of these states at once kept the browser's own answers, for which the picture
 * waits, in the queue.
 */
export function paintLater(frames: Frames): (paint: () => void) => void {
  return (paint) => {
    const once = () => {
      frames.cancelAnimationFrame(frame)
      frames.clearTimeout(timer)
      paint()
    }
    const frame = frames.requestAnimationFrame(once)
    const timer = frames.setTimeout(once, WITHOUT_FRAMES_MS)
  }
}
