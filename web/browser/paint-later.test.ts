import { expect, test } from 'vitest'
import { paintLater } from './paint-later.ts'

test('what has changed is painted with the next frame, once', () => {
  const browser = new FakeFrames()
  let painted = 0
  paintLater(browser)(() => painted++)
  expect(painted).toBe(0)
  browser.frame?.(0)
  expect(painted).toBe(1)
  expect(browser.timer).toBeNull()
})

test('a page that is shown to nobody paints all the same, once', () => {
  const browser = new FakeFrames()
  let painted = 0
  paintLater(browser)(() => painted++)
  browser.timer?.()
  expect(painted).toBe(1)
  expect(browser.frame).toBeNull()
})

class FakeFrames {
  frame: FrameRequestCallback | null = null
  timer: (() => void) | null = null

  requestAnimationFrame(callback: FrameRequestCallback): number {
    this.frame = callback
    return 1
  }

  cancelAnimationFrame(): void {
    this.frame = null
  }

  setTimeout(callback: TimerHandler): number {
    if (typeof callback === 'function') this.timer = () => callback()
    return 1
  }

  clearTimeout(): void {
    this.timer = null
  }
}
