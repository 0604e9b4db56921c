import { describe, expect, it } from 'vitest'
import { type Flow, isStalled, startFlow, stepFlow } from './step-frames.ts'

/** Counted every half second up to `until`; `framesAt` says what there was to count. */
function watch(flow: Flow, until: number, framesAt: (now: number) => number): Flow {
  let seen = flow
  for (let now = flow.countedAt + 500; now <= until && !isStalled(seen); now += 500) {
    seen = stepFlow(seen, { type: 'counted', frames: framesAt(now), now })
  }
  return seen
}

const standing = () => 7
const running = (now: number) => now

describe('a picture', () => {
  it('runs as long as frames come, however few', () => {
    const slow = (now: number) => Math.floor(now / 4_000)
    expect(isStalled(watch(startFlow(0), 60_000, slow))).toBe(false)
  })

  it('is lost after five seconds without a frame, and not before', () => {
    const stood = watch(startFlow(0), 500, standing)
    expect(watch(stood, 60_000, standing).countedAt).toBe(5_500)
  })

  it('is lost also when there never was a frame to count', () => {
    expect(watch(startFlow(0), 60_000, () => 0).countedAt).toBe(5_000)
  })

  it('is lost after a second and a half when the network has changed, for ten seconds', () => {
    const ran = watch(startFlow(0), 4_000, running)
    const changed = stepFlow(ran, { type: 'network-changed', now: 4_000 })
    expect(watch(changed, 60_000, standing).countedAt).toBe(4_500 + 1_500)

    const survived = watch(changed, 14_000, running)
    expect(watch(survived, 60_000, standing).countedAt).toBe(14_500 + 5_000)
  })

  it('is not lost because the page itself stood still, but soon after if nothing comes then', () => {
    const ran = watch(startFlow(0), 4_000, running)
    const woke = stepFlow(ran, { type: 'counted', frames: ran.frames, now: 3_600_000 })
    expect(isStalled(woke)).toBe(false)
    expect(watch(woke, 3_700_000, standing).countedAt).toBe(3_600_500 + 1_500)
  })

  it('runs for a browser that counts once a minute in the background', () => {
    let flow = startFlow(0)
    for (let now = 60_000; now < 600_000; now += 60_000) {
      flow = stepFlow(flow, { type: 'counted', frames: now, now })
      expect(isStalled(flow)).toBe(false)
    }
  })
})
