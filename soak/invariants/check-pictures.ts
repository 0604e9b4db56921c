import { nameOf } from './check-sessions.ts'
import type { Facts, Wishes } from './facts.ts'

/** Who is to see a camera decodes frames that were not there before, and nobody sees another. */
export function checkPictures(before: Facts, after: Facts, wishes: Wishes): readonly string[] {
  return after.viewers.flatMap((viewer, index) => {
    const wanted = wishes[index] ?? null
    const playing = viewer.calls.filter(({ phase }) => phase === 'playing')
    const others = playing.filter(({ camera }) => camera !== wanted)
    const surplus = others.map(({ camera }) => `viewer ${index} sees ${nameOf(camera)}, and is not to`)
    if (wanted === null) return surplus
    const call = viewer.calls.find(({ camera }) => camera === wanted)
    if (call === undefined) return [...surplus, `viewer ${index} has no call`]
    const { phase, why, regain } = call
    if (phase !== 'playing')
      return [...surplus, `viewer ${index} is ${phase} (${why ?? regain}; regain ${regain})`]
    const earlier = before.viewers[index]?.calls.find((one) => one.call === call.call)
    if (earlier !== undefined && call.frames > earlier.frames) return surplus
    return [...surplus, `viewer ${index} decodes no new frame`]
  })
}
