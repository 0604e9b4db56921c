import type { Locator } from 'playwright-core'

/** In a picture that goes on. */
export const LONGEST_GAP_MS = 2_000

/** Gives the longest time in which the video has shown no new frame, in ms, from now until that is asked. */
export async function measureGaps(video: Locator): Promise<() => Promise<number>> {
  const gaps = await video.evaluateHandle((element) => {
    const seen = { at: performance.now(), longestMs: 0 }
    const see = () => {
      const now = performance.now()
      seen.longestMs = Math.max(seen.longestMs, now - seen.at)
      seen.at = now
      ;(element as HTMLVideoElement).requestVideoFrameCallback(see)
    }
    ;(element as HTMLVideoElement).requestVideoFrameCallback(see)
    return seen
  })
  return () => gaps.evaluate(({ at, longestMs }) => Math.max(longestMs, performance.now() - at))
}
