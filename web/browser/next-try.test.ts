import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTry } from './next-try.ts'

const PAUSE_MS = 5_000

class Page extends EventTarget {
  visibilityState = 'hidden'
}

let page: Page
let tried: boolean
beforeEach(() => {
  vi.useFakeTimers()
  page = new Page()
  vi.stubGlobal('window', page)
  vi.stubGlobal('document', page)
  tried = false
  void nextTry(PAUSE_MS).then(() => {
    tried = true
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function triedAfter(type: string): Promise<boolean> {
  page.dispatchEvent(new Event(type))
  await vi.advanceTimersByTimeAsync(0)
  return tried
}

it('comes after the pause', async () => {
  await vi.advanceTimersByTimeAsync(PAUSE_MS - 1)
  expect(tried).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(tried).toBe(true)
})

it.each(['online', 'pageshow'])('comes at once with %s', async (type) => {
  expect(await triedAfter(type)).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

it('comes at once when the page is looked at, and not when it is not', async () => {
  expect(await triedAfter('visibilitychange')).toBe(false)
  page.visibilityState = 'visible'
  expect(await triedAfter('visibilitychange')).toBe(true)
})
