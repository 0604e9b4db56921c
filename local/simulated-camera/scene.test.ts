import { describe, expect, it } from 'vitest'
import { readCaptureTime } from './capture-time-code.ts'
import type { I420 } from './i420-canvas.ts'
import { createScene, FRAME_HEIGHT, FRAME_WIDTH } from './scene.ts'

const NOON = Date.UTC(2030, 4, 6, 12, 0, 0)

describe('scene', () => {
  it('carries its capture time in every frame', () => {
    const scene = createScene('porch')
    for (const time of [NOON, NOON + 33, NOON + 1500])
      expect(readCaptureTime(luma(scene.draw(time)))).toBe(time)
  })

  it('moves from one frame to the next', () => {
    const scene = createScene('porch')
    const before = Uint8Array.from(scene.draw(NOON).y)
    const after = scene.draw(NOON + 33).y
    const middle = { from: FRAME_WIDTH * 40, to: FRAME_WIDTH * (FRAME_HEIGHT - 32) }
    const changed = before
      .subarray(middle.from, middle.to)
      .filter((level, at) => level !== after[middle.from + at])
    expect(changed.length).toBeGreaterThan(500)
  })

  it('leaves no trace of earlier frames', () => {
    const scene = createScene('porch')
    for (let time = NOON; time <= NOON + 4000; time += 33) scene.draw(time)
    const last = NOON + 4033
    expect(
      Buffer.compare(Buffer.from(scene.draw(last).data), Buffer.from(createScene('porch').draw(last).data)),
    ).toBe(0)
  })

  it('tells two cameras apart', () => {
    const porch = Buffer.from(createScene('porch').draw(NOON).data)
    expect(Buffer.compare(porch, Buffer.from(createScene('garden').draw(NOON).data))).not.toBe(0)
  })
})

function luma(picture: I420) {
  const data = new Uint8ClampedArray(picture.width * picture.height * 4)
  picture.y.forEach((level, at) => {
    data.fill(level, at * 4, at * 4 + 4)
  })
  return { data, width: picture.width, height: picture.height }
}
