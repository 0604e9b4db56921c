declare global {
  interface Window {
    /** Or hides it; when that was, by the page's clock. */
    show(visible: boolean): number
    /** It was frozen for as long: its clock has gone on, and none of its timers has come. */
    freeze(ms: number): void
    /** How often the page has asked for the screen to stay on, and let go of it. */
    screenLocks(): { readonly requested: number; readonly released: number }
  }
}

/** For a page to begin with: whether it is seen is up to the test, and so is the screen that it keeps on. */
export function playVisibility(): void {
  const { now } = Date
  let frozenMs = 0
  Date.now = () => now() + frozenMs
  window.freeze = (ms) => {
    frozenMs += ms
  }

  let state: DocumentVisibilityState = 'visible'
  Object.defineProperty(document, 'visibilityState', { get: () => state })
  window.show = (visible) => {
    const at = Date.now()
    state = visible ? 'visible' : 'hidden'
    document.dispatchEvent(new Event('visibilitychange'))
    return at
  }

  const count = { requested: 0, released: 0 }
  const request = async () => {
    count.requested += 1
    const lock = Object.assign(new EventTarget(), {
      async release() {
        count.released += 1
        lock.dispatchEvent(new Event('release'))
      },
    })
    return lock
  }
  Object.defineProperty(navigator, 'wakeLock', { value: { request } })
  window.screenLocks = () => count
}
