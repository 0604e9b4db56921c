import { expect, it } from 'vitest'
import { keepScreenOn } from './wake-lock.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A page, and the locks that its browser has given it. */
function screen({ refuses = false } = {}) {
  const held = new Set<EventTarget>()
  let visibilityState: DocumentVisibilityState = 'visible'
  const page = new EventTarget()
  let asked = 0
  const locks = {
    async request() {
      asked += 1
      if (refuses) throw new DOMException('low battery', 'NotAllowedError')
      const lock = Object.assign(new EventTarget(), {
        async release() {
          held.delete(lock)
          lock.dispatchEvent(new Event('release'))
        },
      })
      held.add(lock)
      return lock
    },
  } as unknown as WakeLock
  Object.defineProperty(page, 'visibilityState', { get: () => visibilityState })
  return {
    want: keepScreenOn(page as unknown as Document, locks),
    lit: () => held.size,
    asked: () => asked,
    /** The browser takes the lock of a page that is hidden. */
    see(visible: boolean) {
      visibilityState = visible ? 'visible' : 'hidden'
      if (!visible) {
        for (const lock of held) lock.dispatchEvent(new Event('release'))
        held.clear()
      }
      page.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

it('the screen stays on while something plays, and no longer', async () => {
  const { want, lit } = screen()
  want(true)
  want(true)
  await settled()
  expect(lit()).toBe(1)
  want(false)
  await settled()
  expect(lit()).toBe(0)
})

it('not for a page in the background, and again when that is seen', async () => {
  const { want, lit, see } = screen()
  want(true)
  await settled()
  see(false)
  await settled()
  expect(lit()).toBe(0)
  see(true)
  await settled()
  expect(lit()).toBe(1)
})

it('not when the picture ended while the browser was asked', async () => {
  const { want, lit } = screen()
  want(true)
  want(false)
  await settled()
  expect(lit()).toBe(0)
})

it('a browser that refuses is not pressed', async () => {
  const { want, asked, see } = screen({ refuses: true })
  want(true)
  await settled()
  expect(asked()).toBe(1)
  see(true)
  await settled()
  expect(asked()).toBe(2)
})

it('a browser without such locks plays all the same', () => {
  expect(() => keepScreenOn(new EventTarget() as unknown as Document, undefined)(true)).not.toThrow()
})
